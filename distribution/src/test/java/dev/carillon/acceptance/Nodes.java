package dev.carillon.acceptance;

import dev.carillon.acceptance.tools.Cache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The nodes that a test class starts, with one state directory for all of them, as on a developer's
 * machine. Register it as a static extension: it prints the nodes' last words when a test fails,
 * and leaves no process and no file behind.
 */
final class Nodes implements AfterEachCallback, AfterAllCallback {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** For many short lives on a small machine: little memory, and no time spent on compiling. */
  private static final String JAVA_OPTS =
      "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto";

  /** A machine that stands still for a moment makes no test fail. */
  private static final List<String> PATIENT =
      List.of("--set", "cluster.join_timeout=60s", "--set", "links.open_timeout=60s");

  private static final List<String> PORT_KEYS =
      List.of(
          "http_server.port",
          "http_server.tls_port",
          "http_server.internal_port",
          "tcp_echo.port",
          "udp_echo.port",
          "cluster.port",
          "cluster.bus_port");

  private final Path folder;
  private final List<NodeProcess> started = new ArrayList<>();

  Nodes() {
    try {
      folder = Files.createTempDirectory("carillon-nodes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arguments that let every listener take any port that is free. */
  static List<String> freePorts() {
    return PORT_KEYS.stream().flatMap(key -> Stream.of("--set", key + "=0")).toList();
  }

  /** Starts a node on ports that are free, and does not wait for it. */
  NodeProcess start(String name, String... arguments) {
    List<String> command = new ArrayList<>(freePorts());
    command.addAll(PATIENT);
    command.addAll(List.of(arguments));
    return startOnDefaultPorts(name, command.toArray(String[]::new));
  }

  /** Starts a node with exactly these arguments besides its name and state directory. */
  NodeProcess startOnDefaultPorts(String name, String... arguments) {
    return startIn(folder.resolve("state"), name, arguments);
  }

  /** Starts a node with another state directory, which means other secrets. */
  NodeProcess startIn(Path stateDir, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(HOME.resolve("carillon").toString(), "start", "--name", name));
    command.addAll(List.of("--set", "state_dir=" + stateDir));
    command.addAll(List.of(arguments));
    try {
      Path log = Files.createTempFile(folder, name + "-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("CARILLON_"));
      builder.environment().put("CARILLON_JAVA_OPTS", JAVA_OPTS);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      NodeProcess node = new NodeProcess(name, process, stateDir, log);
      started.add(node);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs another command, such as {@code token}, with the state directory of the nodes. */
  String run(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(HOME.resolve("carillon").toString(), command));
    line.addAll(List.of("--set", "state_dir=" + folder.resolve("state")));
    line.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(line).directory(folder.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes());
      String complaint = new String(process.getErrorStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(complaint + " (expected: exit code 0 of " + line + ")");
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }

  /** A folder that lives as long as the nodes. */
  Path folder() {
    return folder;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      started.forEach(node -> System.err.println(node.tail()));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      started.forEach(node -> System.err.println(node.tail()));
    }
    started.forEach(NodeProcess::kill);
    started.forEach(node -> node.exitCode(NodeProcess.START));
    Cache.delete(folder);
  }
}
