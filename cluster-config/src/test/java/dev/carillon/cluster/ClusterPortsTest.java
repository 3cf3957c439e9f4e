package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.StartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where a node opens the ports of the cluster. */
class ClusterPortsTest {

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  private StartException refused(NodeSettings settings) {
    return assertThrows(StartException.class, () -> nodes.start(settings));
  }

  @Test
  void plainStartsOnOneMachineAreClustersOfTheirOwn() throws IOException {
    int port = FreePorts.next();
    var options = TestNodes.options(Map.of("port", port));
    var one = nodes.start(TestNodes.settings("n1", options));
    var other = nodes.start(TestNodes.settings("n1", options));

    assertEquals(port, one.clusterPort());
    assertTrue(other.clusterPort() > port);
    assertEquals(1, JoinTest.members(one));
    assertEquals(1, JoinTest.members(other));
  }

  @Test
  void aPortThatWasSetAndIsTakenStopsTheStart() throws IOException {
    try (var taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      var cluster = refused(fixed(Map.of("port", port)));
      var bus = refused(fixed(Map.of("bus_port", port)));

      assertEquals(Reason.PORT_TAKEN, cluster.reason());
      assertEquals("cluster.port", cluster.key());
      assertEquals(Reason.PORT_TAKEN, bus.reason());
      assertEquals("cluster.bus_port", bus.key());
    }
  }

  @Test
  void portsThatOthersMayReachAreWarnedOfOnce() {
    var lines = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(NodeStart.class);
    lines.start();
    log.addAppender(lines);
    try {
      refused(fixed(elsewhere()));
      nodes.first("n1");
    } finally {
      log.detachAppender(lines);
    }
    assertEquals(
        List.of(
            "Both cluster ports are bound to 192.0.2.1 and not encrypted: make sure that only"
                + " cluster nodes reach them (docs/SECURITY.md)"),
        lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList(),
        "and not of those that only this machine reaches");
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    var refusal = refused(fixed(elsewhere()));

    assertEquals(Reason.BAD_ADDRESS, refusal.reason());
    assertEquals(
        "cluster.bind = 192.0.2.1 (expected: an address of this machine)", refusal.getMessage());
  }

  private static Map<String, ?> elsewhere() {
    return Map.of("bind", "192.0.2.1", "port", 5701, "bus_port", 0, "tls.enabled", false);
  }

  private static NodeSettings fixed(Map<String, ?> overrides) {
    var s = TestNodes.settings("n1", TestNodes.options(overrides));
    return new NodeSettings(
        s.name(),
        s.version(),
        s.verticles(),
        s.cluster(),
        s.limits(),
        false,
        false,
        s.secrets(),
        s.vertx(),
        s.vertxMetrics(),
        s.meters(),
        s.connections(),
        s.engine());
  }
}
