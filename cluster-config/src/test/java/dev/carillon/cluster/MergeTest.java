package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when something else is found at the address of a node that died. */
class MergeTest {

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Node survivorOf(ChildNode dead) {
    var options = TestNodes.options(Map.of("join", List.of(dead.address())));
    var survivor = nodes.start(TestNodes.settings("n2", options));
    dead.kill();
    TestNodes.eventually("alone", () -> NodeTest.names(survivor).equals(List.of("n2")));
    return survivor;
  }

  private Node at(ChildNode dead, String name, Fingerprint secrets) {
    int port = NodeAddress.parse("join", dead.address()).port();
    var options = TestNodes.options(Map.of("port", port));
    return nodes.start(TestNodes.settings(name, options, secrets));
  }

  /** Either side may be the one that is to merge. */
  private static int refusals(Node node) {
    return node.member().guard().refusals();
  }

  @Test
  void aStrangerAtTheAddressOfADeadNodeStaysAStranger() {
    try (var dead = ChildNode.start("n1", Map.of())) {
      var survivor = survivorOf(dead);
      var stranger = at(dead, "n1", Fingerprint.of(new byte[] {66}));

      TestNodes.eventually("refused", () -> refusals(survivor) + refusals(stranger) > 0);

      assertEquals(List.of("n2"), NodeTest.names(survivor));
      assertEquals(List.of("n1"), NodeTest.names(stranger));
    }
  }

  @Test
  void aNodeThatCameBackAtItsAddressIsFoundAgain() {
    try (var dead = ChildNode.start("n1", Map.of())) {
      var survivor = survivorOf(dead);
      var back = at(dead, "n1", TestNodes.SECRETS);

      TestNodes.eventually("together", () -> NodeTest.names(back).contains("n2"));
      TestNodes.eventually("together", () -> NodeTest.names(survivor).contains("n1"));

      assertEquals(0, refusals(survivor) + refusals(back));
    }
  }
}
