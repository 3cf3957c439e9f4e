package dev.carillon.acceptance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running node: the packaged program in a process of its own, started with {@code ./carillon}. It
 * is watched from outside only, through its files, ports and output.
 */
final class NodeProcess {
  static final Duration START = Duration.ofSeconds(60);

  private static final int TAIL_LINES = 60;

  private final String name;
  private final Process process;
  private final Path stateDir;
  private final Path log;

  NodeProcess(String name, Process process, Path stateDir, Path log) {
    this.name = name;
    this.process = process;
    this.stateDir = stateDir;
    this.log = log;
  }

  long pid() {
    return process.pid();
  }

  String name() {
    return name;
  }

  Path stateDir() {
    return stateDir;
  }

  /** Waits until its ports are open; it may still wait for other nodes. */
  NodeProcess awaitStarted() {
    Eventually.await(
        name + " has started",
        START,
        () -> {
          failIfGone();
          return banner().isPresent();
        },
        this::tail);
    return this;
  }

  /** Waits until the node says that it serves. */
  NodeProcess awaitReady() {
    Eventually.await(
        name + " is ready",
        START,
        () -> {
          failIfGone();
          return banner().isPresent() && isReady();
        },
        this::tail);
    return this;
  }

  private boolean isReady() {
    try {
      return Http.get(management("/readyz")).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private void failIfGone() {
    if (!process.isAlive()) {
      throw new AssertionError(tail() + " (expected: that it runs)");
    }
  }

  /** What the node wrote for scripts when its ports were open. */
  private Optional<JsonObject> banner() {
    try {
      JsonObject banner =
          new JsonObject(Files.readString(stateDir.resolve("nodes").resolve(name + ".json")));
      return Optional.of(banner).filter(b -> b.getLong("pid") == process.pid());
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port of a listener, named as in the node's file: http, https, tcp_echo, management, … */
  int port(String listener) {
    return banner().orElseThrow().getJsonObject("ports").getInteger(listener);
  }

  /** What other nodes give to {@code --join}. */
  String clusterAddress() {
    return "127.0.0.1:" + port("cluster");
  }

  URI http(String path) {
    return URI.create("http://localhost:" + port("http") + path);
  }

  String webSocketUrl() {
    return "ws://localhost:" + port("http") + "/connection/websocket";
  }

  URI management(String path) {
    return URI.create("http://localhost:" + port("management") + path);
  }

  /** The password that the first node of this state directory made up. */
  String consolePassword() {
    try {
      return Files.readString(stateDir.resolve("console-password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL: the node gets no chance to say anything. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGTERM: the node is asked to end. */
  void terminate() {
    process.destroy();
  }

  /** SIGSTOP: the node hangs, its sockets stay open. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT after {@link #pause}. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Exit code of a process that has to end within that time. */
  int exitCode(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " runs (expected: an end within " + within + ")");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the end of " + name, e);
    }
  }

  /** Everything that the process has written, both streams. */
  List<String> output() {
    try {
      return Files.readString(log).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the output, for the report of a failed test. */
  String tail() {
    List<String> lines = output();
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    String state = process.isAlive() ? "alive" : "exit code " + process.exitValue();
    return "--- " + name + " (" + state + ")\n" + String.join("\n", last) + "\n";
  }

  @Override
  public String toString() {
    return name;
  }
}
