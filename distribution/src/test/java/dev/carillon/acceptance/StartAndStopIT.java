package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of one node as a script sees it: ports, files, signals, exit codes. */
class StartAndStopIT {
  private static final Duration IDLE_STOP = Duration.ofSeconds(60);

  @RegisterExtension static final Nodes NODES = new Nodes();

  @Test
  void sigtermEndsAnIdleNodeWithExitCodeZero() {
    NodeProcess node = NODES.start("idle").awaitReady();
    node.terminate();
    assertEquals(0, node.exitCode(IDLE_STOP), node::tail);
    assertTrue(Files.notExists(node.stateDir().resolve("nodes/idle.json")));
  }

  @Test
  void aSecondSignalEndsAtOnceWithCode130() {
    NodeProcess node = NODES.start("hasty", "--set", "shutdown.delay=60s").awaitReady();
    node.terminate();
    Eventually.await(
        "readiness is off",
        IDLE_STOP,
        () -> Http.get(node.management("/readyz")).statusCode() != 200);
    assertEquals(200, Http.get(node.http("/healthz")).statusCode(), "it serves during the delay");
    node.terminate();
    assertEquals(130, node.exitCode(IDLE_STOP), node::tail);
  }

  @Test
  void aConfiguredPortThatIsTakenStopsTheStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      NodeProcess node = NODES.startOnDefaultPorts("late", "--set", "http_server.port=" + port);
      assertEquals(1, node.exitCode(NodeProcess.START), node::tail);
      assertEquals(1, node.output().size(), node::tail);
      String line = node.output().get(0);
      String owner = Long.toString(ProcessHandle.current().pid());
      for (String word : List.of(port, "http_server.port", owner)) {
        assertTrue(line.contains(word), "no '" + word + "' in: " + line);
      }
    }
  }

  @Test
  void aCertificateThatCanNotBeUsedKeepsTheNodeFromJoining() throws IOException {
    Path broken = Files.writeString(Files.createTempFile("certificate", ".pem"), "no certificate");
    NodeProcess node =
        NODES.start(
            "uncertified",
            "--set",
            "http_server.tls.cert_pem_file=" + broken,
            "--set",
            "http_server.tls.key_pem_file=" + broken);
    assertEquals(1, node.exitCode(NodeProcess.START), node::tail);
    assertEquals(
        "http_server.tls.cert_pem_file = " + broken + " (expected: certificates in PEM)",
        String.join("\n", node.output()));
    Files.delete(broken);
  }

  @Test
  void portsThatNobodyConfiguredMoveToTheNextFreeOnes() {
    NodeProcess first = NODES.startOnDefaultPorts("default1").awaitReady();
    NodeProcess second = NODES.startOnDefaultPorts("default2").awaitReady();
    for (String listener : List.of("http", "https", "management", "tcp_echo", "udp_echo", "bus")) {
      assertNotEquals(first.port(listener), second.port(listener), listener);
    }
    assertEquals(200, Http.get(second.http("/healthz")).statusCode());
  }

  /** Each finds the ports free, because the other opens them seconds later. */
  @Test
  void nodesOfDifferentUsersThatStartTogetherShareThePorts() {
    List<NodeProcess> nodes =
        List.of("ana", "ben").stream()
            .map(user -> NODES.startIn(NODES.folder().resolve(user), "n1"))
            .toList();
    nodes.forEach(NodeProcess::awaitReady);
    for (String listener : List.of("http", "https", "management", "tcp_echo", "udp_echo", "bus")) {
      assertNotEquals(nodes.get(0).port(listener), nodes.get(1).port(listener), listener);
    }
    for (NodeProcess node : nodes) {
      assertEquals(200, Http.get(node.http("/healthz")).statusCode());
    }
  }

  @Test
  void anUnknownKeyStopsTheStartAndNamesTheNearestOne() {
    NodeProcess node = NODES.start("typo", "--set", "http_server.prot=1");
    assertEquals(1, node.exitCode(NodeProcess.START), node::tail);
    assertEquals(1, node.output().size(), node::tail);
    assertTrue(node.output().get(0).contains("http_server.port"), node::tail);
  }

  @Test
  void wrongArgumentsEndWithCode2() {
    NodeProcess node = NODES.start("wrong", "--sett", "a=b");
    assertEquals(2, node.exitCode(NodeProcess.START), node::tail);
  }

  @Test
  void secretsAreReadableByTheirOwnerOnlyAndInNoLog() throws IOException {
    NodeProcess node = NODES.start("secretive").awaitReady();
    try (Stream<Path> files = Files.list(node.stateDir())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals("rw-------", rights, file.toString());
      }
    }
    String output = String.join("\n", node.output());
    for (String name : List.of("token-hmac-key", "console-signing-key", "console-password")) {
      String secret = Files.readString(node.stateDir().resolve(name)).strip();
      assertTrue(!output.contains(secret), name + " is in the output");
    }
  }

  @Test
  void theBannerSaysWhereToLook() {
    NodeProcess node = NODES.start("herald").awaitReady();
    String output = String.join("\n", node.output());
    String chat = "http://localhost:" + node.port("http") + "/";
    assertTrue(output.contains(chat), node::tail);
    assertTrue(output.contains("https://localhost:" + node.port("https")), node::tail);
    assertTrue(output.contains("console-password"), node::tail);
    assertTrue(output.toLowerCase(Locale.ROOT).contains("ctrl-c"), node::tail);
    assertTrue(output.lines().noneMatch(line -> line.contains("WARN")), node::tail);
  }
}
