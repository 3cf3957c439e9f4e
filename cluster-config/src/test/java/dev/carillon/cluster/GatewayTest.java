package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.carillon.broker.EventLoops;
import dev.carillon.broker.FreePorts;
import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Membership;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that serve clients and keep nothing. */
class GatewayTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));
  private static final StreamOptions LIVE =
      new StreamOptions(0, Duration.ZERO, Duration.ofHours(1));

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
    assertTrue(Hazelcast.getAllHazelcastInstances().isEmpty(), "no member is left behind");
  }

  private static NodeSettings gateway(String name, Node core) {
    return gateway(name, Map.of("join", List.of(TestNodes.address(core))));
  }

  private static NodeSettings gateway(String name, Map<String, ?> more) {
    var options = new HashMap<String, Object>(more);
    options.put("role", "gateway");
    return TestNodes.settings(name, TestNodes.options(options));
  }

  @Test
  void aGatewayComesServesAndGoesWithoutMovingAnyData() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    TestNodes.eventually("ready", () -> first.readiness().ready() && second.readiness().ready());
    IntStream.range(0, 50).forEach(i -> publish(first, "c" + i, KEPT));
    var grid = first.member().hazelcast();
    var migrations = new Migrations();
    grid.getPartitionService().addMigrationListener(migrations);
    var owners = owners(grid);

    var gateway = nodes.start(gateway("g1", first));
    TestNodes.eventually("ready", () -> gateway.readiness().ready());
    for (var node : List.of(first, second, gateway)) {
      TestNodes.eventually("all", () -> roles(node).equals("n1 core, n2 core, g1 gateway"));
    }
    assertTrue(gateway.member().hazelcast().getCluster().getLocalMember().isLiteMember());
    assertServes(gateway, first);
    assertServes(first, gateway);

    TestNodes.await(gateway.close(Duration.ofSeconds(10)));
    for (var node : List.of(first, second)) {
      TestNodes.eventually("gone", () -> roles(node).equals("n1 core, n2 core"));
    }
    assertEquals(0, migrations.count.get());
    assertEquals(owners, owners(grid));
  }

  /** What is published on one is stored, and received on the other; presence is seen there. */
  private static void assertServes(Node publisher, Node subscriber) {
    var names = publisher.self().name() + subscriber.self().name();
    var loop = EventLoops.start(subscriber.vertx(), 1).await().get(0);
    var listener = new RecordingListener(loop);
    var feed = subscriber.ports().broker().feed();
    TestNodes.await(feed.open("kept" + names, KEPT, listener));
    TestNodes.await(feed.open("live" + names, LIVE, listener));

    publish(publisher, "kept" + names, KEPT);
    publish(publisher, "live" + names, LIVE);

    TestNodes.eventually("received", () -> listener.events().size() == 2);
    var broker = subscriber.ports().broker();
    var history = TestNodes.await(broker.history("kept" + names, HistoryQuery.POSITION, KEPT));
    assertEquals(1, history.top().offset());
    var info = new ClientInfo("u", "client" + names, Bytes.EMPTY, Bytes.EMPTY);
    TestNodes.await(publisher.ports().presence().add("room" + names, info, true));
    var present = TestNodes.await(subscriber.ports().presence().presence("room" + names));
    assertEquals(Set.of("client" + names), present.keySet());
  }

  private static void publish(Node node, String channel, StreamOptions options) {
    var publication = NewPublication.of(Bytes.utf8("{}"));
    TestNodes.await(node.ports().broker().publish(channel, publication, options));
  }

  @Test
  void onlyACoreNodeThatLeavesMakesTheOthersRepeatWhatIsUnderWay() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    var gateway = nodes.start(gateway("g1", first));
    TestNodes.eventually("all", () -> roles(first).equals("n1 core, n2 core, g1 gateway"));
    var repeated = new AtomicInteger();
    var left = new CopyOnWriteArrayList<String>();
    first.membership().listen(NodeParts.onCoreLost(repeated::incrementAndGet));
    // Told after the other one, by the same thread.
    first
        .membership()
        .listen(
            (change, node) -> {
              if (change == Membership.Change.LEFT) {
                left.add(node.name());
              }
            });

    TestNodes.await(gateway.close(Duration.ofSeconds(10)));
    TestNodes.eventually("gone", () -> left.equals(List.of("g1")));
    assertEquals(0, repeated.get());
    TestNodes.await(second.close(Duration.ofSeconds(10)));
    TestNodes.eventually("gone", () -> left.equals(List.of("g1", "n2")));
    assertEquals(1, repeated.get());
  }

  @Test
  void theClientsOfAGatewayThatIsKilledAreGone() {
    var first = nodes.first("n1");
    var options = Map.of("join", TestNodes.address(first), "role", "gateway");
    try (var child = ChildNode.start("g1", options)) {
      var presence = first.ports().presence();
      TestNodes.eventually("seen", () -> roles(first).equals("n1 core, g1 gateway"));
      assertEquals(2, presence.presence(ChildNode.CHANNEL).await().size());

      child.kill();

      TestNodes.eventually("gone", () -> roles(first).equals("n1 core"));
      assertEquals(Map.of(), presence.presence(ChildNode.CHANNEL).await());
    }
  }

  @Test
  void gatewaysAreNotCountedAsExpectedMembers() throws IOException {
    int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next()};
    var members = IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).toList();
    Map<String, ?> listed = Map.of("members", members, "expected_members", 3);
    var started =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    i < 3
                        ? TestNodes.settings("n" + i, core(listed, ports[i]))
                        : gateway("g" + i, listed))
            .map(Node::start)
            .toList();
    TestNodes.await(Future.all(started));
    started.forEach(node -> nodes.stopLater(node.result()));

    nodes.running().forEach(n -> TestNodes.eventually("five", () -> NodeTest.names(n).size() == 5));
    nodes.running().forEach(n -> TestNodes.eventually("ready", () -> n.readiness().ready()));
    var refusal =
        assertThrows(
            StartException.class,
            () -> nodes.start(TestNodes.settings("n9", core(listed, FreePorts.next()))));
    assertEquals("cluster.expected_members", refusal.key());
  }

  private static ClusterOptions core(Map<String, ?> more, int port) {
    var options = new HashMap<String, Object>(more);
    options.put("port", port);
    return TestNodes.options(options);
  }

  @Test
  void gatewaysAloneAreNoCluster() throws IOException {
    int port = FreePorts.next();
    Map<String, ?> alone =
        Map.of("members", List.of("127.0.0.1:" + port), "port", port, "join_timeout", "1s");

    var refusal = assertThrows(StartException.class, () -> nodes.start(gateway("g1", alone)));

    assertEquals(
        "cluster.role = gateway (expected: a core node in the cluster, which keeps the data; there"
            + " was none for 1 s of cluster.join_timeout): start the core nodes",
        refusal.getMessage());
  }

  @Test
  void aGatewayWaitsForTheCoreAndEndsWithoutIt() throws IOException {
    int[] ports = {FreePorts.next(), FreePorts.next()};
    var members = IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).toList();
    Map<String, ?> first = Map.of("members", members, "port", ports[0], "join_timeout", "20s");
    Map<String, ?> listed = Map.of("members", members);
    var waiting = Node.start(gateway("g1", first));
    TestNodes.eventually("started", () -> Hazelcast.getAllHazelcastInstances().size() == 1);
    var core = nodes.start(TestNodes.settings("n1", core(listed, ports[1])));
    var gateway = TestNodes.await(waiting);
    nodes.stopLater(gateway);
    TestNodes.eventually("ready", () -> gateway.readiness().ready());
    var ended = new CompletableFuture<StartException>();
    gateway.onExpelled(ended::complete);

    TestNodes.await(core.close(Duration.ofSeconds(10)));

    TestNodes.eventually("alone", () -> NodeTest.names(gateway).equals(List.of("g1")));
    assertFalse(gateway.readiness().ready());
    assertTrue(
        gateway
            .readiness()
            .checks()
            .contains(new Readiness.Check("majority", false, "0 of 1 core nodes")));
    TestNodes.eventually("ended", ended::isDone);
    assertEquals("cluster.role", ended.join().key());
  }

  @Test
  void whoDisagreesIsRefusedWhicheverRoleItHas() {
    var first = nodes.first("n1");
    nodes.start(gateway("g1", first));
    TestNodes.eventually("seen", () -> roles(first).equals("n1 core, g1 gateway"));

    var sameAsCore = assertThrows(StartException.class, () -> nodes.start(gateway("n1", first)));
    var sameAsGateway = assertThrows(StartException.class, () -> nodes.start(gateway("g1", first)));
    var core = assertThrows(StartException.class, () -> nodes.joining("g1", first));
    var options = gateway("g2", first).cluster();
    var stranger = TestNodes.settings("g2", options, Fingerprint.of(new byte[] {9}));
    var secrets = assertThrows(StartException.class, () -> nodes.start(stranger));

    assertEquals(
        List.of("node.name", "node.name", "node.name", "secrets"),
        List.of(sameAsCore.key(), sameAsGateway.key(), core.key(), secrets.key()));
    assertEquals("n1 core, g1 gateway", roles(first));
  }

  private static String roles(Node node) {
    return node.membership().nodes().stream()
        .map(each -> each.name() + " " + each.role())
        .collect(Collectors.joining(", "));
  }

  private static List<String> owners(HazelcastInstance grid) {
    return grid.getPartitionService().getPartitions().stream()
        .map(Partition::getOwner)
        .map(String::valueOf)
        .toList();
  }

  private static final class Migrations implements MigrationListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void migrationStarted(MigrationState state) {
      count.incrementAndGet();
    }

    @Override
    public void migrationFinished(MigrationState state) {
      count.incrementAndGet();
    }

    @Override
    public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
      count.incrementAndGet();
    }

    @Override
    public void replicaMigrationFailed(ReplicaMigrationEvent event) {
      count.incrementAndGet();
    }
  }
}
