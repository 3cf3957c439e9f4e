package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.tls.CertificateAuthority.Validity;
import dev.carillon.cluster.tls.TestCertificates;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that encrypt the bus, and everybody else who comes to it. */
class BusTlsTest {

  private static final long ABUSE_BYTES = 200_000_000;

  /** Less where each connection costs both sides a handshake. */
  private static final long ENCRYPTED_BYTES = 10_000_000;

  private static final long SLACK_BYTES = 32_000_000;

  private static final TestNodes NODES = new TestNodes();

  @TempDir private static Path directory;
  private static TestCertificates certificates;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    certificates = new TestCertificates(directory);
    first = NODES.start(settings("n1", certificates.options("n1")));
    second = NODES.start(settings("n2", joining(first, certificates.options("n2"))));
    second.vertx().eventBus().<String>consumer("echo", message -> message.reply(message.body()));
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  private static Map<String, Object> joining(Node node, Map<String, ?> more) {
    var options = new HashMap<String, Object>(more);
    options.put("join", List.of(TestNodes.address(node)));
    return options;
  }

  private static NodeSettings settings(String name, Map<String, ?> options) {
    return TestNodes.settings(name, TestNodes.options(options));
  }

  private static String refusal(String name, Map<String, ?> options) {
    var settings = settings(name, options);
    return String.valueOf(
        assertThrows(StartException.class, () -> NODES.start(settings)).getMessage());
  }

  private static void assertTheBusWorks() {
    var bus = first.vertx().eventBus();
    TestNodes.eventually(
        "an answer", () -> TestNodes.await(bus.request("echo", "hi").map(true).otherwise(false)));
    TestNodes.eventually("ready", () -> first.readiness().ready() && second.readiness().ready());
  }

  @Test
  void nodesWithCertificatesOfOneAuthorityTalk() {
    assertTheBusWorks();
  }

  @Test
  void aNodeWithoutTlsIsRefusedWithTheCure() {
    assertTrue(
        refusal("n3", joining(first, Map.of()))
            .startsWith("cluster.tls.enabled = false (expected: true as n1 at "));
    assertTheBusWorks();
  }

  @Test
  void aNodeWithACertificateOfAnotherAuthorityIsRefused() throws IOException {
    var other = new TestCertificates(Files.createDirectories(directory.resolve("other")));
    var refusal = refusal("n3", joining(first, other.options("n3")));
    assertTrue(refusal.startsWith("cluster.tls.ca_file = authority "), refusal);
    assertTheBusWorks();
  }

  @Test
  void aNodeWithTlsIsRefusedWhereThereIsNone() {
    try (var plain = new TestNodes()) {
      var alone = plain.first("n1");
      var refusal = refusal("n3", joining(alone, certificates.options("n3")));
      assertTrue(refusal.startsWith("cluster.tls.enabled = true (expected: false"), refusal);
    }
  }

  @Test
  void aCertificateThatHasEndedKeepsTheNodeFromJoining() {
    var past = new Validity(Instant.now().minus(Duration.ofDays(9)), Duration.ofDays(3));
    var refusal = refusal("n3", joining(first, certificates.options("n3", past)));
    assertTrue(refusal.contains("valid now"), refusal);
    assertEquals(2, first.member().hazelcast().getCluster().getMembers().size());
  }

  @Test
  void whoNamesAFileWantsTlsOnLoopbackToo() {
    assertEquals(
        "cluster.tls.cert_file is not set (expected: a file, because other files of cluster.tls are"
            + " set): make certificates with ./carillon certs, or set cluster.tls.enabled: false",
        refusal("n9", Map.of("tls.ca_file", "ca.pem")));
  }

  @Test
  void anAddressThatOthersReachNeedsCertificatesOrAWord() {
    assertEquals(
        "cluster.tls.ca_file is not set (expected: a file, because cluster.bind = 0.0.0.0): make"
            + " certificates with ./carillon certs, or set cluster.tls.enabled: false",
        refusal("n9", Map.of("bind", "0.0.0.0")));
    try (var open = new TestNodes()) {
      var said = Map.of("bind", "0.0.0.0", "public_host", "127.0.0.1", "tls.enabled", false);
      var node = open.start(settings("n9", said));
      TestNodes.eventually("ready", () -> node.readiness().ready());
    }
  }

  @Test
  void garbageInsteadOfAHandshakeIsRefusedAndKeptNowhere() {
    var garbage = new byte[65_536];
    new Random(7).nextBytes(garbage);
    assertKeptNowhere(garbage, new Stranger(first.busPort()).plain(), ABUSE_BYTES);
  }

  /** The length of a message that the bus would wait for, had it not asked who it is. */
  @Test
  void aMessageOfTheBusWithoutAHandshakeIsRefused() {
    var message = Buffer.buffer().appendInt(Integer.MAX_VALUE).appendBytes(new byte[65_532]);
    assertKeptNowhere(message.getBytes(), new Stranger(first.busPort()).plain(), ABUSE_BYTES);
  }

  /** With TLS 1.3 a client may send before the other side has looked at its certificate. */
  @Test
  void whoHasNoCertificateIsRefusedInTheHandshake() {
    var message = Buffer.buffer().appendInt(Integer.MAX_VALUE).appendBytes(new byte[65_532]);
    assertKeptNowhere(
        message.getBytes(), new Stranger(first.busPort()).encrypted(null), ENCRYPTED_BYTES);
  }

  @Test
  void whoHasACertificateOfAnotherAuthorityIsRefusedInTheHandshake() throws IOException {
    var other = new TestCertificates(Files.createDirectories(directory.resolve("foreign")));
    var message = "hello".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    var stranger = new Stranger(first.busPort()).encrypted(other.credentials("stranger"));
    assertKeptNowhere(message, stranger, ENCRYPTED_BYTES);
  }

  @Test
  void whoHasACertificateOfTheAuthorityGetsIn() throws Exception {
    var ping = new Stranger(first.busPort()).encrypted(certificates.credentials("n3"));
    assertEquals(0, ping.send(new byte[] {0, 0, 0}).closed(), "it waits for the fourth byte");
  }

  private static void assertKeptNowhere(byte[] piece, Stranger.Way way, long bytes) {
    long before = Stranger.usedMemory();
    long sent = 0;
    long refusals = 0;
    while (sent < bytes) {
      var outcome = way.sendUntilClosed(piece, bytes - sent);
      assertNotEquals(0, outcome.bytes(), "nothing was sent");
      sent += outcome.bytes();
      refusals += outcome.closed();
    }
    assertTrue(refusals > 1, refusals + " times refused");
    TestNodes.eventually("flat", () -> Stranger.usedMemory() - before < SLACK_BYTES);
    assertTheBusWorks();
  }
}
