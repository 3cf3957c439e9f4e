package dev.carillon.redis;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Where Redis is and how long it is waited for. */
@Section(value = "redis", doc = "Redis, when `engine.streams` is `redis`.")
public record RedisEngineOptions(
    @Option(
            value = "127.0.0.1:6379",
            doc = "`host:port` of Redis 6.2 or newer, its primary; every node has the same.",
            why = "Where Redis listens after a plain start on the same machine.")
        String address,
    @Option(doc = "User of the access control list. Empty: the default user.", why = "Rarely used.")
        String user,
    @Option(
            secret = true,
            doc = "Password of the user. Empty: none, or the one in `redis.password_file`.",
            why = "Redis asks for none unless it is told to.")
        String password,
    @Option(
            doc = "File whose first line is the password; read at the start.",
            why = "A mounted secret need not stand in the configuration.")
        String passwordFile,
    @Option(
            value = "0",
            min = "0",
            max = "1000000",
            doc = "Number of the database.",
            why = "The only one that every Redis has.")
        int database,
    @Option(doc = "Encryption of the connections.") RedisTls tls,
    @Option(
            value = "carillon",
            doc =
                "What the names of all keys begin with: letters, digits, `.`, `_`, `-`, `:`."
                    + " Clusters that share a database need different ones.",
            why = "Tells an operator whose keys they are.")
        String keyPrefix,
    @Option(
            value = "auto",
            doc =
                "Whether a restart of Redis keeps every write that it acknowledged. `lose`: all"
                    + " streams begin a new epoch after it, and clients are told. `auto`: it keeps"
                    + " them with `appendonly yes` and `appendfsync always`; who may not be asked"
                    + " loses. After a failover to a replica all streams begin a new epoch, unless"
                    + " this is `keep`.",
            why = "An offset that is given out twice would be a loss that nobody notices.")
        Restarts restarts,
    @Option(
            value = "4",
            min = "1",
            max = "64",
            doc = "Connections of each node, opened at the start and kept.",
            why = "Each carries many commands at once; Redis itself has one thread.")
        int poolSize,
    @Option(
            value = "2048",
            min = "1",
            max = "1000000",
            doc = "Operations of a node that wait for Redis; further ones answer error 100.",
            why = "As many as Redis does in a tenth of a second.")
        int maxWaiting,
    @Option(
            value = "67108864",
            min = "1048576",
            max = "4294967296",
            doc = "Bytes of publications that wait for Redis; further ones answer error 100.",
            why = "Bounds the memory of a node whose Redis has stopped.")
        long maxWaitingBytes,
    @Option(
            value = "3s",
            min = "100ms",
            max = "1m",
            doc = "How long it may take to connect, and to be let in.",
            why = "As long as a lost packet or two are sent again.")
        Duration connectTimeout,
    @Option(
            value = "2s",
            min = "50ms",
            max = "1m",
            doc = "How long one command may take; then its connection is made anew.",
            why = "Redis answers within milliseconds; what takes longer hangs.")
        Duration commandTimeout,
    @Option(
            value = "4s",
            min = "100ms",
            max = "10m",
            doc = "How long an operation may take with all its tries.",
            why = "Clients wait 5 to 10 s for an answer.")
        Duration operationTimeout,
    @Option(
            value = "50ms",
            min = "1ms",
            max = "10s",
            doc = "Pause before an uncertain operation is tried again; doubled, up to 1s.",
            why = "Another connection may be well at once.")
        Duration retryDelay,
    @Option(
            value = "1s",
            min = "0ms",
            max = "1m",
            doc =
                "Operations wait so long for a Redis that went away; then they answer error 100 at"
                    + " once until it is back.",
            why = "A restart takes less; publishers should not wait for what takes longer.")
        Duration awayPatience,
    @Option(
            value = "100ms",
            min = "1ms",
            max = "1m",
            doc = "Pause before the first try to connect again; doubled, a random part of it.",
            why = "A connection that broke is back at once, when Redis is.")
        Duration reconnectMinDelay,
    @Option(
            value = "5s",
            min = "10ms",
            max = "10m",
            doc = "The longest pause between two tries to connect.",
            why = "Back within seconds, and no storm from many nodes.")
        Duration reconnectMaxDelay,
    @Option(
            value = "1s",
            min = "50ms",
            max = "1m",
            doc = "How often each connection is tried, and Redis asked whether it lost its data.",
            why = "Clients of quiet channels are told of a loss within seconds.")
        Duration checkInterval,
    @Option(
            value = "4096",
            min = "16",
            max = "1000000",
            doc = "Changed channels that each of the 64 change logs names at most.",
            why = "More than change between two looks, which are a second apart.")
        int changeLogSize) {

  public RedisEngineOptions {
    if (!address.matches("[^\\s/@:]+:[0-9]{1,5}")) {
      throw new ConfigException("address", address, "host:port");
    }
    if (!keyPrefix.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new ConfigException(
          "key_prefix", keyPrefix, "1 to 64 letters, digits, '.', '_', '-' or ':'");
    }
    if (!password.isEmpty() && !passwordFile.isEmpty()) {
      throw new ConfigException("password_file", passwordFile, "empty when redis.password is set");
    }
  }

  /** The password from wherever it is; empty for none. Blocks for the time of reading a file. */
  String secret() {
    if (passwordFile.isEmpty()) {
      return password;
    }
    try (var lines = Files.lines(Path.of(passwordFile))) {
      return lines.findFirst().orElse("").strip();
    } catch (IOException unreadable) {
      throw new ConfigException(
          "", "redis.password_file", passwordFile, "a file that can be read", null);
    }
  }

  /** Without the password, so that a log shows none. */
  @Override
  public String toString() {
    return "RedisEngineOptions[" + address + "]";
  }
}
