package dev.carillon.chaos.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of the cluster under test: one process that is started again and again. Calls block. */
public final class LabNode {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration STOPPED = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 200;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final String name;
  private final String host;
  private final List<String> command;
  private final Path log;
  private final LabNumber lab;
  private @Nullable Process process;
  private int ends;

  LabNode(String name, String host, List<String> command, Path log, LabNumber lab) {
    this.name = name;
    this.host = host;
    this.command = List.copyOf(command);
    this.log = log;
    this.lab = lab;
  }

  /** Its name in the cluster and in histories. */
  public String name() {
    return name;
  }

  /** Its address for clients. */
  public String host() {
    return host;
  }

  /** Starts the process; its log goes on in the same file. */
  void start() {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("CARILLON_"));
    builder.environment().put("CARILLON_JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      var started = builder.start();
      process = started;
      lab.started(started);
    } catch (IOException absent) {
      throw new LabException(command + ": " + absent.getMessage());
    }
  }

  /** Ends it at once, as a crash does. */
  void kill() {
    running().destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end in order, and waits until it has. */
  void stop() {
    running().destroy();
    awaitEnd();
  }

  /** Freezes it. */
  void pause() {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() {
    signal("CONT");
  }

  /** How often it ended without being told to. */
  public int ends() {
    return ends;
  }

  /** Whether its process lives. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Waits until it says that it may get clients. Starts it again when it has ended by itself.
   *
   * @throws LabException if it is not ready within two minutes
   */
  void awaitReady() {
    long end = System.nanoTime() + READY.toNanos();
    while (System.nanoTime() < end) {
      supervise();
      if (isReady()) {
        return;
      }
      Pause.millis(LOOK_MILLIS);
    }
    throw LabException.unwell(
        name + " is not ready after " + READY.toSeconds() + " s (see " + log + ")");
  }

  /** Starts it again, as any supervisor does, when it has ended by itself. */
  void supervise() {
    if (!isAlive()) {
      ends++;
      start();
    }
  }

  /** Whether it says that it may get clients. */
  boolean isReady() {
    return get("/readyz").code() == 200;
  }

  /** How many nodes it counts, itself included; -1 when it does not answer. */
  long members() {
    return metric("carillon_cluster_members", "");
  }

  /** How many WebSocket connections its metrics count; -1 when it does not answer. */
  public long connections() {
    return metric("carillon_connections{", "transport=\"websocket\"");
  }

  /** The value of a metric, all its lines added up; -1 when the node does not answer. */
  private long metric(String metric, String label) {
    var answer = get("/metrics");
    if (answer.code() != 200) {
      return -1;
    }
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith(metric) && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private record Answer(int code, String body) {}

  private Answer get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + Cluster.MANAGEMENT_PORT + path))
            .timeout(Duration.ofSeconds(3))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException unreachable) {
      return new Answer(0, "");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LabException(name + ": interrupted");
    }
  }

  private void signal(String signal) {
    var words = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(running().pid())));
    Command.run(words.toArray(String[]::new));
  }

  private void awaitEnd() {
    try {
      if (!running().waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
        throw LabException.unwell(name + " does not end (see " + log + ")");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LabException(name + ": interrupted");
    }
  }

  private Process running() {
    if (process == null) {
      throw new LabException(name + " was never started");
    }
    return process;
  }
}
