package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.ClusterState;
import dev.carillon.cluster.StartException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster that lets a node in, but does not make a data member of it at once. */
class AdmissionTest {

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static NodeSettings joining(Node first, String timeout) {
    var join = List.of(TestNodes.address(first));
    return TestNodes.settings(
        "n2", TestNodes.options(Map.of("join", join, "join_timeout", timeout)));
  }

  /** Refused while the data grid still has copies to make, or just looks for some. */
  private static boolean changes(Cluster cluster, ClusterState state) {
    try {
      cluster.changeClusterState(state);
      return true;
    } catch (IllegalStateException busy) {
      return false;
    }
  }

  @Test
  void aNodeThatIsRefusedForAMomentAsksAgain() {
    var first = nodes.first("n1");
    var cluster = first.member().hazelcast().getCluster();
    TestNodes.eventually("frozen", () -> changes(cluster, ClusterState.NO_MIGRATION));

    var joining = Node.start(joining(first, "60s"));
    TestNodes.eventually("it waits", () -> JoinTest.members(first) == 2);
    TestNodes.eventually("active", () -> changes(cluster, ClusterState.ACTIVE));

    nodes.stopLater(TestNodes.await(joining));
    TestNodes.eventually("both", () -> NodeTest.names(first).equals(List.of("n1", "n2")));
  }

  @Test
  void aNodeThatIsRefusedUntilTheEndSaysWhy() {
    var first = nodes.first("n1");
    var cluster = first.member().hazelcast().getCluster();
    TestNodes.eventually("frozen", () -> changes(cluster, ClusterState.NO_MIGRATION));

    var settings = joining(first, "1s");
    var refusal = assertThrows(StartException.class, () -> nodes.start(settings));

    assertEquals(Reason.UNCONFIRMED, refusal.reason());
    var line = refusal.getMessage();
    assertTrue(line.startsWith("cluster.join_timeout = 1s (expected: long enough for"), line);
    assertTrue(line.contains("not allowed when cluster state is NO_MIGRATION"), line);
    TestNodes.eventually("it left", () -> JoinTest.members(first) == 1);
  }
}
