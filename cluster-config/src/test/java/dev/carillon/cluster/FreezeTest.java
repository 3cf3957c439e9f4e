package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that stands still for so long that the others remove it, and then goes on. */
class FreezeTest {

  private static final Set<String> CLIENTS = Set.of("client-of-n2", "silent-of-n2");

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aFrozenNodeIsSuspectThenRemovedAndComesBackWithItsClients() {
    var first = nodes.first("n1");
    var presence = first.ports().presence();
    try (var child = ChildNode.start("n2", Map.of("join", TestNodes.address(first)))) {
      TestNodes.eventually("two", () -> NodeTest.names(first).equals(List.of("n1", "n2")));
      var frozen = first.membership().nodes().get(1).incarnation();

      child.signal("STOP");

      TestNodes.eventually("suspect", () -> first.membership().isSuspect(frozen));
      TestNodes.eventually("removed", () -> NodeTest.names(first).equals(List.of("n1")));
      assertEquals(Map.of(), presence.presence(ChildNode.CHANNEL).await());

      child.signal("CONT");

      TestNodes.eventually("back", () -> NodeTest.names(first).contains("n2"));
      TestNodes.eventually(
          "its clients",
          () -> presence.presence(ChildNode.CHANNEL).await().keySet().equals(CLIENTS));
      TestNodes.eventually("ready", () -> first.readiness().ready());
    }
  }
}
