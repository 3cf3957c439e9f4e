package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkPing;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership.Change;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that stands still for so long that the others remove it, and then goes on. */
class FreezeTest {

  private final TestNodes nodes = new TestNodes();
  private final List<String> left = new CopyOnWriteArrayList<>();
  private final List<String> suspect = new CopyOnWriteArrayList<>();

  /** For whom the bus takes members that were not admitted. */
  private final List<String> passing = new CopyOnWriteArrayList<>();

  private Node first;
  private Node second;

  @BeforeEach
  void start() {
    first = nodes.first("n1");
    second = nodes.joining("n2", first);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aFrozenNodeIsSuspectThenRemovedAndComesBackAsANewIncarnationWithoutItsSessions() {
    var presence = first.ports().presence();
    try (var child = ChildNode.start("n3", Map.of("join", TestNodes.address(first)))) {
      seen("n1", "n2", "n3");
      var frozen = first.membership().nodes().get(2).incarnation();
      var process = processOf(frozen);
      listen();

      child.signal("STOP");

      TestNodes.eventually("suspect", () -> suspect.contains("n3"));
      seen("n1", "n2");
      assertEquals(Map.of(), presence.presence(ChildNode.CHANNEL).await());

      // Who comes meanwhile under its name, and is refused or a scout, is no reason to go.
      var refused = TestNodes.notAdmitted("n3", first);
      child.signal("CONT");

      seen("n1", "n2", "n3");
      TestNodes.eventually("no session", () -> child.hasSaid("session-of-n3 ended: "));
      TestNodes.eventually("it said so", () -> child.hasSaid("This node stood still for"));
      TestNodes.eventually("it serves", () -> child.hasSaid("This node has the cluster again"));
      assertTrue(child.hasSaid("This node serves again"), "as a new incarnation");
      var back = first.membership().nodes().get(2).incarnation();
      assertNotEquals(frozen, back);
      assertEquals(back, second.membership().nodes().get(2).incarnation());
      assertEquals(Map.of(), presence.presence(ChildNode.CHANNEL).await());
      assertEquals(1, child.timesSaid("This node has the cluster again"), "not before it was back");
      assertFalse(child.hasSaid("expelled"));
      TestNodes.eventually("its scout", () -> passing.size() > 1);
      assertFalse(passing.contains(process), "the bus would take away its addresses");
      refused.shutdown();
      for (var node : List.of(first, second)) {
        TestNodes.eventually("an answer", () -> answers(node, back));
        TestNodes.eventually("ready", () -> node.readiness().ready());
      }
      assertEquals(List.of("n3", "n3"), left, "the others stayed together");
    }
  }

  private void seen(String... names) {
    for (var node : List.of(first, second)) {
      TestNodes.eventually(
          "sees " + List.of(names), () -> NodeTest.names(node).equals(List.of(names)));
    }
  }

  /** How the bus calls the node. */
  private String processOf(Incarnation node) {
    return first.member().hazelcast().getCluster().getMembers().stream()
        .filter(member -> MemberTraits.incarnation(member).equals(node))
        .map(member -> member.getAttribute(MemberTraits.VERTX_NODE_ID))
        .findFirst()
        .orElseThrow();
  }

  private void listen() {
    for (var node : List.of(first, second)) {
      node.membership().listen((change, who) -> remember(change, who, Change.LEFT, left));
    }
    first.membership().listen((change, who) -> remember(change, who, Change.SUSPECT, suspect));
    first.member().hazelcast().getCluster().addMembershipListener(new Passing());
  }

  private static void remember(Change change, NodeInfo who, Change wanted, List<String> names) {
    if (change == wanted) {
      names.add(who.name());
    }
  }

  /** Whether a message reaches the node over the bus, and its answer comes back. */
  private static boolean answers(Node asking, Incarnation asked) {
    var ping = new LinkPing(asking.self().incarnation(), 0, 0);
    var answer = asking.ports().links().query(asked, ping, LinkAck.class);
    return answer.map(true).otherwise(false).await();
  }

  private final class Passing extends MembershipAdapter {
    @Override
    public void memberAdded(MembershipEvent event) {
      if (event.getMember().isLiteMember()) {
        passing.add(event.getMember().getAttribute(MemberTraits.VERTX_NODE_ID));
      }
    }
  }
}
