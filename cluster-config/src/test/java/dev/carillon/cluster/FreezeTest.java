package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.port.Membership.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that stands still for so long that the others remove it, and then goes on. */
class FreezeTest {

  private static final Set<String> CLIENTS = Set.of("client-of-n3", "silent-of-n3");

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aFrozenNodeIsSuspectThenRemovedAndComesBackWithoutItsSessions() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    var presence = first.ports().presence();
    try (var child = ChildNode.start("n3", Map.of("join", TestNodes.address(first)))) {
      TestNodes.eventually("three", () -> NodeTest.names(first).equals(List.of("n1", "n2", "n3")));
      TestNodes.eventually("three", () -> NodeTest.names(second).size() == 3);
      var frozen = first.membership().nodes().get(2).incarnation();
      var left = new CopyOnWriteArrayList<String>();
      for (var node : List.of(first, second)) {
        node.membership().listen((change, who) -> remember(change, who.name(), left));
      }

      child.signal("STOP");

      TestNodes.eventually("suspect", () -> first.membership().isSuspect(frozen));
      TestNodes.eventually("removed", () -> NodeTest.names(first).equals(List.of("n1", "n2")));
      TestNodes.eventually("removed", () -> NodeTest.names(second).equals(List.of("n1", "n2")));
      assertEquals(Map.of(), presence.presence(ChildNode.CHANNEL).await());

      child.signal("CONT");

      TestNodes.eventually("back", () -> NodeTest.names(first).contains("n3"));
      TestNodes.eventually("no session", () -> child.hasSaid("session-of-n3 ended: EXPIRED"));
      TestNodes.eventually(
          "its entries",
          () -> presence.presence(ChildNode.CHANNEL).await().keySet().equals(CLIENTS));
      TestNodes.eventually("ready", () -> first.readiness().ready());
      assertEquals(List.of("n3", "n3"), left, "the others stayed together");
    }
  }

  private static void remember(Change change, String name, List<String> left) {
    if (change == Change.LEFT) {
      left.add(name);
    }
  }
}
