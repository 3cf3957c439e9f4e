package dev.carillon.redis;

import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes connections, each to a server that says who it is before anything is written to it. */
final class Connector {

  private static final int NEVER = -1;

  /** Beside operations a connection carries checks, and the questions of one comparison. */
  private static final int SPARE_HANDLERS = 4_096;

  private final Vertx vertx;
  private final RedisEngineOptions options;
  private final StreamKeys keys;
  private final Reach reach;
  private final RedisOptions client;

  /**
   * @param reach is told the time of Redis
   */
  Connector(Vertx vertx, RedisEngineOptions options, StreamKeys keys, Reach reach) {
    this.vertx = vertx;
    this.options = options;
    this.keys = keys;
    this.reach = reach;
    this.client = client(options);
  }

  /** On the event loop of the caller, which then owns the connection. */
  Future<Live> connect() {
    Redis made = Redis.createClient(vertx, new RedisOptions(client));
    return made.connect()
        .compose(connection -> introduced(made, connection))
        .timeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> made.close());
  }

  private Future<Live> introduced(Redis made, RedisConnection connection) {
    return ServerRun.ask(connection, options.restarts())
        .compose(run -> primary(run))
        .compose(
            run ->
                enter(connection, run, "")
                    .map(entry -> new Live(made, connection, run, entry.era())));
  }

  /**
   * Whether the connection leads to where it led, and whether the data is still there.
   *
   * @return fails when the connection should be made anew
   */
  Future<Entry> check(Live live) {
    return ServerRun.ask(live.connection(), options.restarts())
        .compose(Connector::primary)
        .compose(
            run ->
                run.id().equals(live.run().id())
                    ? enter(live.connection(), run, live.era())
                    : Future.failedFuture("it was a replica meanwhile (expected: the primary)"));
  }

  private static Future<ServerRun> primary(ServerRun run) {
    return run.primary()
        ? Future.succeededFuture(run)
        : Future.failedFuture("it is a replica (expected: the primary)");
  }

  /**
   * The answer of the script of the same name.
   *
   * @param run what Redis said of itself just before
   * @param emptied whether all data is gone
   */
  record Entry(ServerRun run, String era, boolean emptied) {}

  private Future<Entry> enter(RedisConnection connection, ServerRun run, String known) {
    ScriptCall call =
        new ScriptCall(Script.ENTER, List.of(keys.era()))
            .with(run.id())
            .with(run.keeps())
            .with(known)
            .with(Long.toUnsignedString(Incarnation.random().low(), 36));
    return connection.send(call.request("", true)).map(answer -> entry(run, answer));
  }

  private Entry entry(ServerRun run, Response answer) {
    String era = answer.get(0).toString();
    reach.heard(era, answer.get(2).toLong());
    return new Entry(run, era, answer.get(1).toInteger() == 1);
  }

  private static RedisOptions client(RedisEngineOptions options) {
    boolean encrypted = options.tls().enabled();
    RedisOptions client =
        new RedisOptions()
            .setConnectionString(
                (encrypted ? "rediss://" : "redis://")
                    + options.address()
                    + "/"
                    + options.database())
            .setNetClientOptions(net(options))
            .setPreferredProtocolVersion(ProtocolVersion.RESP2)
            .setMaxPoolSize(1)
            .setMaxPoolWaiting(1)
            .setPoolCleanerInterval(NEVER)
            .setPoolRecycleTimeout(NEVER)
            .setMaxWaitingHandlers(options.maxWaiting() + SPARE_HANDLERS);
    if (!options.user().isEmpty()) {
      client.setUser(options.user());
    }
    String secret = options.secret();
    return secret.isEmpty() ? client : client.setPassword(secret);
  }

  private static NetClientOptions net(RedisEngineOptions options) {
    NetClientOptions net =
        new NetClientOptions()
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()));
    RedisTls tls = options.tls();
    if (tls.enabled()) {
      net.setSsl(true).setTrustAll(false).setHostnameVerificationAlgorithm("HTTPS");
      if (!tls.caPemFile().isEmpty()) {
        net.setTrustOptions(new PemTrustOptions().addCertPath(tls.caPemFile()));
      }
      if (!tls.certPemFile().isEmpty()) {
        net.setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(tls.certPemFile()).addKeyPath(tls.keyPemFile()));
      }
    }
    return net;
  }
}
