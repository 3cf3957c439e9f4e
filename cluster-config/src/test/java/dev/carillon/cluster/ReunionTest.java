package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import dev.carillon.broker.FreePorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.cluster.terms.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that lose each other without dying. */
class ReunionTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  /** The third one never comes back; a gateway is there all the time. */
  @Test
  void theLastTwoOfThreeGoOnWhenTheyMeetAgain() {
    int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next()};
    var members = IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).toList();
    var one = nodes.start(TestNodes.listed("n1", ports[0], members));
    var two = nodes.start(TestNodes.listed("n2", ports[1], members));
    var three = nodes.start(TestNodes.listed("n3", ports[2], members));
    nodes.start(TestNodes.settings("g1", TestNodes.options(gateway(members))));
    List.of(one, two, three).forEach(node -> awaitCopies(node, 3));
    publish(one, "of three");

    TestNodes.await(three.close(Duration.ofSeconds(10)));
    List.of(one, two).forEach(node -> awaitCopies(node, 2));
    publish(two, "of two");
    suspect(two, one);
    suspect(one, two);
    TestNodes.eventually("apart", () -> core(one) == 1 && core(two) == 1);
    TestNodes.eventually("together", () -> core(one) == 2 && core(two) == 2);
    List.of(one, two).forEach(node -> awaitCopies(node, 2));

    TestNodes.eventually("ready", () -> one.readiness().ready() && two.readiness().ready());
    publish(one, "again");
    assertEquals(List.of("of three", "of two", "again"), history(two));
  }

  private static Map<String, ?> gateway(List<String> members) {
    return Map.of("members", members, "expected_members", 3, "role", "gateway");
  }

  /** Until it knows that all copies were made among so many. */
  private static void awaitCopies(Node node, int members) {
    var grid = node.member().hazelcast();
    var terms = Objects.requireNonNull(Terms.of(grid));
    TestNodes.eventually("copies", () -> terms.serves(grid) && terms.among(grid) == members);
  }

  private static long core(Node node) {
    return Admission.coreMembers(node.member().hazelcast());
  }

  private static void suspect(Node by, Node suspected) {
    var cluster =
        ((HazelcastInstanceProxy) by.member().hazelcast()).getOriginal().node.getClusterService();
    HazelcastInstance other = suspected.member().hazelcast();
    cluster.suspectMember(
        cluster.getMember(other.getCluster().getLocalMember().getUuid()), "a test", true);
  }

  private static void publish(Node node, String text) {
    var publication = NewPublication.of(Bytes.utf8(text));
    TestNodes.await(node.ports().broker().publish("room", publication, KEPT));
  }

  private static List<String> history(Node node) {
    var query = new HistoryQuery(null, 10, false);
    return TestNodes.await(node.ports().broker().history("room", query, KEPT))
        .publications()
        .stream()
        .map(publication -> publication.data().asUtf8())
        .toList();
  }
}
