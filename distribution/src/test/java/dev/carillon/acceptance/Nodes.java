package dev.carillon.acceptance;

import dev.carillon.acceptance.tools.Cache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  /** Enough for any test, and little enough for three nodes beside a browser on a small machine. */
  private static final String JAVA_OPTS = "-Xmx384m -XX:+UseSerialGC";

  private static final Map<String, String> PORTS =
      Map.of(
          "http", "http_server.port",
          "https", "http_server.tls_port",
          "management", "http_server.internal_port",
          "tcp_echo", "tcp_echo.port",
          "udp_echo", "udp_echo.port",
          "cluster", "cluster.port",
          "bus", "cluster.bus_port");

  private final Path folder;
  private final List<NodeProcess> started = new ArrayList<>();

  Nodes() {
    try {
      folder = Files.createTempDirectory("carillon-nodes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keys of all listener ports, in the order of their names. */
  static Collection<String> portKeys() {
    return PORTS.values();
  }

  /** Starts a node on ports that are free, and does not wait for it. */
  NodeProcess start(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    for (String key : portKeys()) {
      command.addAll(List.of("--set", key + "=" + FreePorts.next()));
    }
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
