package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.node.NodeInfo;
import java.time.Duration;
import java.util.List;
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

  @Test
  void anIdleNodeStopsAndTheOtherSeesIt() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);

    TestNodes.await(second.close(Duration.ofSeconds(10)));
    TestNodes.eventually("gone", () -> names(first).equals(List.of("n1")));
  }

  static List<String> names(Node node) {
    return node.membership().nodes().stream().map(NodeInfo::name).toList();
  }
}
