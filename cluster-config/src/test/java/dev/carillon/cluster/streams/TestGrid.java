package dev.carillon.cluster.streams;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.map.IMap;
import dev.carillon.broker.Eventually;
import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.WireFactory;
import dev.carillon.cluster.terms.TermKeeper;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.config.OptionReader;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Members of a data grid in this process, on loopback and free ports. */
public final class TestGrid implements AutoCloseable {

  static final String MAP = "carillon.streams";

  private static final int PARTITIONS = 31;

  /** Channels in a log. */
  private static final int CHANGES = 64;

  private final String name = "test-" + Incarnation.random();
  private final List<HazelcastInstance> members = new ArrayList<>();

  /** As {@code cluster.expected_members}; with 1 there are no terms. */
  private final int expected;

  private TestGrid(int expected) {
    this.expected = expected;
  }

  /** Starts as many members, and waits until all copies are made. */
  public static TestGrid of(int count) {
    return started(new TestGrid(1), count);
  }

  /** The same with terms, of which each needs the majority of them. */
  static TestGrid guarded(int count) {
    return started(new TestGrid(count), count);
  }

  private static TestGrid started(TestGrid grid, int count) {
    for (int i = 0; i < count; i++) {
      grid.join();
    }
    return grid;
  }

  public HazelcastInstance join() {
    HazelcastInstance member = start(members);
    members.add(member);
    Eventually.eventually(() -> "not safe", () -> members.stream().allMatch(TestGrid::isSafe));
    return member;
  }

  /** Starts one that looks for these only, and does not wait. */
  HazelcastInstance start(List<HazelcastInstance> others) {
    Config config = config(others);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    Terms terms = Terms.of(member);
    if (terms != null) {
      member
          .getLifecycleService()
          .addLifecycleListener(event -> terms.merging(event.getState() == LifecycleState.MERGING));
      TermKeeper.start(member, terms, expected);
    }
    return member;
  }

  /** This member, which is not the oldest, and the others do not take each other for members. */
  void separate(int index) {
    HazelcastInstance away = members.get(index);
    for (HazelcastInstance other : members) {
      if (other != away) {
        suspect(away, other);
      }
    }
    // The oldest tells the others.
    suspect(members.get(0), away);
  }

  private static void suspect(HazelcastInstance by, HazelcastInstance suspected) {
    var cluster = ((HazelcastInstanceProxy) by).getOriginal().node.getClusterService();
    cluster.suspectMember(
        cluster.getMember(suspected.getCluster().getLocalMember().getUuid()), "a test", true);
  }

  public List<HazelcastInstance> members() {
    return members;
  }

  /** Stops a member without any goodbye. */
  public void kill(int index) {
    members.remove(index).getLifecycleService().terminate();
  }

  IMap<String, StoredStream> map(int member) {
    return members.get(member).getMap(MAP);
  }

  /** A channel whose stream this member owns. */
  public String channelOwnedBy(int member) {
    var owner = members.get(member).getCluster().getLocalMember();
    var partitions = members.get(0).getPartitionService();
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "owned" + i)
        .filter(channel -> owner.equals(partitions.getPartition(channel).getOwner()))
        .findFirst()
        .orElseThrow();
  }

  public HazelcastStreams streams(Vertx vertx, int member, int minMembers) {
    return streams(vertx, member, minMembers, members.get(member).getCluster()::getClusterTime);
  }

  /** The same by another clock. */
  public HazelcastStreams streams(Vertx vertx, int member, int minMembers, LongSupplier clock) {
    StreamsOptions options =
        OptionReader.read(StreamsOptions.class, Map.of("store_timeout", "60s"));
    HazelcastStreams streams =
        new HazelcastStreams(
            vertx,
            members.get(member),
            MAP,
            new HazelcastStreams.Settings(
                options, OptionReader.defaults(StreamLimits.class), minMembers, 262_144),
            clock);
    MembershipListener lost =
        new MembershipAdapter() {
          @Override
          public void memberRemoved(MembershipEvent event) {
            streams.memberLost();
          }
        };
    members.get(member).getCluster().addMembershipListener(lost);
    streams.open();
    return streams;
  }

  @Override
  public void close() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  private static boolean isSafe(HazelcastInstance member) {
    return member.getPartitionService().isClusterSafe();
  }

  private Config config(List<HazelcastInstance> others) {
    Config config = new Config().setClusterName(name);
    MapConfig map = new MapConfig(MAP).setBackupCount(1).setInMemoryFormat(InMemoryFormat.OBJECT);
    if (expected > 1) {
      Terms.install(config.getUserContext());
      config.addExecutorConfig(new ExecutorConfig(TermKeeper.EXECUTOR, 2));
      map.setMergePolicyConfig(new MergePolicyConfig(LatestTerm.class.getName(), 100));
    }
    config.addMapConfig(map);
    ChangeLogs.install(config.getUserContext(), PARTITIONS, CHANGES);
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.partition.count", Integer.toString(PARTITIONS))
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "8")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "2")
        .setProperty("hazelcast.operation.fail.on.indeterminate.state", "true")
        .setProperty("hazelcast.operation.backup.timeout.millis", "3000");
    // What Vert.x asks of a member that it did not start itself.
    config
        .getMemberAttributeConfig()
        .setAttribute("__vertx.nodeId", Incarnation.random().toString());
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getSerializationConfig().addDataSerializableFactory(WireIds.FACTORY, new WireFactory());
    var network = config.getNetworkConfig().setPort(FreePorts.next());
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    others.forEach(member -> join.getTcpIpConfig().addMember(address(member)));
    return config;
  }

  private static String address(HazelcastInstance member) {
    var address = member.getCluster().getLocalMember().getAddress();
    return address.getHost() + ":" + address.getPort();
  }
}
