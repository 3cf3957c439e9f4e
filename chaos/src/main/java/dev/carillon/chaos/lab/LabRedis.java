package dev.carillon.chaos.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis of the nodes under test, which writes to disk before it answers: what it acknowledged
 * is there after a kill. Calls block.
 */
final class LabRedis {
  static final int PORT = 6379;

  private static final int TRIES = 600;
  private static final long LOOK_MILLIS = 50;
  private static final int PATIENCE_MILLIS = 3_000;

  private final String host;
  private final Path folder;
  private final LabNumber lab;
  private @Nullable Process process;

  private LabRedis(String host, Path folder, LabNumber lab) {
    this.host = host;
    this.folder = folder;
    this.lab = lab;
  }

  /**
   * Starts one.
   *
   * @throws LabException if there is none for this machine
   */
  static LabRedis started(String host, Path folder, LabNumber lab) throws IOException {
    var redis = new LabRedis(host, Files.createDirectories(folder), lab);
    redis.start();
    return redis;
  }

  String address() {
    return host + ":" + PORT;
  }

  /** Starts it with what it left on disk, and waits until it answers. */
  void start() {
    try {
      var program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
      var command =
          List.of(
              program,
              "--bind",
              host,
              "--port",
              Integer.toString(PORT),
              "--dir",
              folder.toString(),
              "--protected-mode",
              "no",
              "--save",
              "",
              "--appendonly",
              "yes",
              "--appendfsync",
              "always");
      var started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      process = started;
      lab.started(started);
    } catch (IOException absent) {
      throw LabException.notPermitted("redis-server: " + absent.getMessage());
    }
    for (int i = 0; !say("PING").startsWith("+PONG"); i++) {
      if (i == TRIES) {
        throw new LabException("redis-server does not answer (see " + folder + "/log)");
      }
      Pause.millis(LOOK_MILLIS);
    }
  }

  /** Ends it at once, as a crash does. */
  void kill() {
    var running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LabException("redis-server: interrupted");
    }
  }

  /** Takes everything out of it. */
  void flush() {
    var answer = say("FLUSHALL");
    if (!answer.startsWith("+OK")) {
      throw new LabException("redis-server was not emptied: " + answer);
    }
  }

  /** Sends a word, and gives what comes first; nothing when it can't be reached. */
  private String say(String word) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write((word + "\r\n").getBytes(StandardCharsets.US_ASCII));
      var answer = new byte[64];
      int length = Math.max(0, socket.getInputStream().read(answer));
      return new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
    } catch (IOException unreachable) {
      return "";
    }
  }
}
