package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.StartException.Reason;
import dev.carillon.cluster.tls.Trust;
import dev.carillon.wire.WireIds;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTest {

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
    assertTrue(Hazelcast.getAllHazelcastInstances().isEmpty(), "no member is left behind");
  }

  private StartException refused(NodeSettings settings) {
    return assertThrows(StartException.class, () -> nodes.start(settings));
  }

  private static ClusterOptions joining(Node node, Map<String, ?> more) {
    var options = new HashMap<String, Object>(more);
    options.put("join", List.of(TestNodes.address(node)));
    return TestNodes.options(options);
  }

  @Test
  void joiningNobodyFailsInTimeAndFormsNoCluster() throws IOException {
    int free = FreePorts.next();
    var options =
        TestNodes.options(Map.of("join", List.of("127.0.0.1:" + free), "join_timeout", "1s"));

    var refusal = refused(TestNodes.settings("n2", options));

    assertEquals(Reason.NOBODY_ANSWERED, refusal.reason());
    assertEquals(
        "cluster.join = 127.0.0.1:"
            + free
            + " (expected: the cluster port of a running node; none answered within 1 s of"
            + " cluster.join_timeout)",
        refusal.getMessage());
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    var options = TestNodes.options(Map.of("join", "nohost.invalid:5701", "join_timeout", "1s"));
    var refusal = refused(TestNodes.settings("n2", options)).getMessage();
    assertTrue(refusal.contains("; no address is known for nohost.invalid)"), refusal);
  }

  @Test
  void joiningSomethingThatIsNoNodeFormsNoCluster() throws IOException {
    try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var options =
          TestNodes.options(
              Map.of("join", List.of("127.0.0.1:" + other.getLocalPort()), "join_timeout", "2s"));

      var refusal = refused(TestNodes.settings("n2", options));

      assertEquals(Reason.NOT_ADMITTED, refusal.reason());
    }
  }

  @Test
  void aTargetThatDiesMeanwhileIsNotReplacedByThisNode() throws IOException {
    try (var target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = target.getLocalPort();
      var dying = new Thread(() -> acceptOneAndDie(target), "dying");
      dying.start();
      var options =
          TestNodes.options(
              Map.of("join", List.of("127.0.0.1:" + port), "port", port, "join_timeout", "2s"));

      var refusal = refused(TestNodes.settings("n2", options));

      assertEquals(Reason.NOBODY_ANSWERED, refusal.reason());
    }
  }

  private static void acceptOneAndDie(ServerSocket target) {
    try {
      target.accept().close();
      target.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Test
  void aClusterOfAnotherNameIsNotJoined() {
    var first = nodes.first("n1");

    var refusal = refused(TestNodes.settings("n2", joining(first, Map.of("name", "other"))));

    assertEquals(Reason.OTHER_CLUSTER, refusal.reason());
    assertEquals(
        "cluster.name = other (expected: the name of the cluster at "
            + TestNodes.address(first)
            + ", which is another one): set cluster.name to it, or join another node",
        refusal.getMessage());
    assertEquals(List.of("n1"), NodeTest.names(first));
  }

  @Test
  void aListedNodeOfAClusterOfAnotherNameIsNamed() throws IOException {
    var first = nodes.first("n1");
    var members = List.of(TestNodes.address(first));
    var options = Map.of("name", "other", "members", members, "port", FreePorts.next());

    var refusal = refused(TestNodes.settings("n2", TestNodes.options(options)));

    assertEquals(Reason.OTHER_CLUSTER, refusal.reason());
    assertTrue(refusal.getMessage().contains(":" + first.clusterPort() + ", which is another"));
  }

  @Test
  void whoDisagreesLeavesBeforeTheOthersEverSeeIt() {
    var first = nodes.first("n1");

    var expected = refused(TestNodes.settings("n2", joining(first, Map.of("expected_members", 3))));
    var secrets =
        refused(
            TestNodes.settings("n2", joining(first, Map.of()), Fingerprint.of(new byte[] {9, 9})));
    var name = refused(TestNodes.settings("n1", joining(first, Map.of())));

    assertEquals("cluster.expected_members", expected.key());
    assertEquals("secrets", secrets.key());
    assertEquals("node.name", name.key());
    TestNodes.eventually("alone", () -> members(first) == 1);
    assertEquals(List.of("n1"), NodeTest.names(first));
  }

  @Test
  void aNodeOfAnotherVersionIsNotJoined() throws IOException {
    var options = TestNodes.options(Map.of("port", FreePorts.next()));
    var settings = TestNodes.settings("n1", options);
    var traits = MemberTraits.of(settings, 0, Trust.NONE, Trust.NONE);
    var place =
        new MemberPlace(
            "127.0.0.1", "127.0.0.1", "", options.port(), new MemberPlace.Search.Alone());
    var config = HazelcastConfigs.of(options, traits, place);
    config.getMemberAttributeConfig().setAttribute("wire_version", "999");
    var other = Hazelcast.newHazelcastInstance(config);
    try {
      other.getCluster().promoteLocalLiteMember();
      var join = Map.of("join", List.of("127.0.0.1:" + options.port()));

      var refusal = refused(TestNodes.settings("n2", TestNodes.options(join)));

      assertEquals(Reason.DISAGREEMENT, refusal.reason());
      assertEquals(
          "wire version = "
              + WireIds.VERSION
              + " (expected: 999 as n1 at 127.0.0.1:"
              + options.port()
              + " has with test): run the same version on all nodes",
          refusal.getMessage());
    } finally {
      other.shutdown();
    }
  }

  @Test
  void ofTwoWithTheSameNameThatJoinAtOnceOneIsAdmitted() {
    var first = nodes.first("n1");
    var both =
        IntStream.range(0, 2)
            .mapToObj(i -> Node.start(TestNodes.settings("n2", joining(first, Map.of()))))
            .toList();

    TestNodes.await(Future.join(both).otherwiseEmpty());

    long admitted = both.stream().filter(Future::succeeded).count();
    both.stream().filter(Future::succeeded).forEach(node -> nodes.stopLater(node.result()));
    assertEquals(1, admitted);
    var failure = both.stream().filter(Future::failed).findFirst().orElseThrow().cause();
    assertEquals("node.name", ((StartException) failure).key());
  }

  @Test
  void aListedClusterFormsFromNodesThatStartTogetherAndTakesNoFourth() throws IOException {
    int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next(), FreePorts.next()};
    var members = IntStream.range(0, 3).mapToObj(i -> "127.0.0.1:" + ports[i]).toList();
    var started =
        IntStream.range(0, 3)
            .mapToObj(i -> Node.start(TestNodes.listed("n" + (i + 1), ports[i], members)))
            .toList();
    TestNodes.await(Future.all(started));
    started.forEach(node -> nodes.stopLater(node.result()));
    var first = nodes.running().get(0);
    TestNodes.eventually("three", () -> NodeTest.names(first).size() == 3);
    nodes.running().forEach(n -> TestNodes.eventually("ready", () -> n.readiness().ready()));

    var refusal = refused(TestNodes.listed("n4", ports[3], members));

    assertEquals(
        "cluster.expected_members = 3 (expected: more than the 3 core nodes that are running):"
            + " for one more set cluster.role=gateway; or stop one, or raise it on all nodes",
        refusal.getMessage());
  }

  @Test
  void nodesFindEachOtherThroughTheNameOfAService() throws IOException {
    var options =
        TestNodes.options(Map.of("port", FreePorts.next(), "kubernetes_dns", "localhost"));
    var first = nodes.start(TestNodes.settings("n1", options));
    var second = nodes.start(TestNodes.settings("n2", options));

    TestNodes.eventually("two", () -> NodeTest.names(first).equals(List.of("n1", "n2")));
    TestNodes.eventually("two", () -> NodeTest.names(second).equals(List.of("n1", "n2")));
  }

  @Test
  void withoutAMajorityNobodyIsReady() throws IOException {
    int port = FreePorts.next();
    var lonely =
        nodes.start(TestNodes.listed("n1", port, List.of("127.0.0.1:" + port, "127.0.0.1:1")));

    assertEquals(
        new Readiness.Check("majority", false, "1 of 3 core nodes"), check(lonely, "majority"));
    TestNodes.eventually("the bus", () -> check(lonely, "bus").ok());
    assertEquals(
        new Readiness.Check("safe", false, "copying"),
        check(lonely, "safe"),
        "there is nobody to copy to");
  }

  private static Readiness.Check check(Node node, String name) {
    return node.readiness().checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static int members(Node node) {
    return node.member().hazelcast().getCluster().getMembers().size();
  }
}
