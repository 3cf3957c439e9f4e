package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.node.NodeInfo;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aPlainStartIsAClusterOfItsOwn() {
    var node = nodes.first("n1");

    TestNodes.eventually("ready", () -> node.readiness().ready());
    assertEquals(List.of("n1"), names(node));
    assertTrue(node.clusterPort() > 0);
    assertTrue(node.busPort() > 0);
  }

  @Test
  void aNodeThatJoinsIsSeenByBothTheOldestFirst() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);

    TestNodes.eventually("seen", () -> names(first).equals(List.of("n1", "n2")));
    assertEquals(List.of("n1", "n2"), names(second));
    TestNodes.eventually("ready", () -> second.readiness().ready());
  }

  /** Three addresses of each on the bus, and where each is. */
  @Test
  void whatTheBusForgetsOfANodeItIsToldAgain() {
    var first = nodes.first("n1");
    nodes.joining("n2", first);
    var places = first.member().hazelcast().getMap("__vertx.nodeInfo");
    var consumers = first.member().hazelcast().getMultiMap("__vertx.subs");
    assertEquals(2 + 6, places.size() + consumers.size());

    places.clear();
    consumers.clear();

    TestNodes.eventually("told again", () -> places.size() == 2 && consumers.size() == 6);
    TestNodes.eventually("ready", () -> first.readiness().ready());
  }

  @Test
  void anIdleNodeStopsAndTheOtherSeesIt() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);

    TestNodes.await(second.close(Duration.ofSeconds(60)));
    TestNodes.eventually("gone", () -> names(first).equals(List.of("n1")));
  }

  @Test
  void aStartThatFailsAfterTheBusIsOpenSaysSoAndLeavesTheCluster() {
    var first = nodes.first("n1");
    var broken = new SimpleMeterRegistry();
    broken.config().meterFilter(new Refusal());
    var options = TestNodes.options(Map.of("join", List.of(TestNodes.address(first))));
    var settings = TestNodes.settings("n2", options, TestNodes.SECRETS, broken);

    var failed =
        assertThrows(IllegalStateException.class, () -> TestNodes.await(Node.start(settings)));

    assertEquals("no meters", failed.getMessage());
    TestNodes.eventually("gone", () -> names(first).equals(List.of("n1")));
  }

  /** Makes the registration of a meter fail. */
  private static final class Refusal implements MeterFilter {
    @Override
    public MeterFilterReply accept(Meter.Id id) {
      throw new IllegalStateException("no meters");
    }
  }

  static List<String> names(Node node) {
    return node.membership().nodes().stream().map(NodeInfo::name).toList();
  }
}
