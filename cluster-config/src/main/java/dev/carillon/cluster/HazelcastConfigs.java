package dev.carillon.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import dev.carillon.cluster.streams.LatestTerm;
import dev.carillon.cluster.terms.TermKeeper;
import dev.carillon.wire.WireIds;
import java.util.List;
import java.util.Map;

/**
 * The configuration of the data grid, all of it in code: nothing is found on the class path, on the
 * network, or in the environment. The same on every member but for the addresses.
 */
final class HazelcastConfigs {

  static final String STREAMS = "carillon.streams";
  static final String PRESENCE = "carillon.presence";
  static final String SESSIONS = "carillon.sessions";
  static final String NODES = "carillon.nodes";

  /** All that are ours. */
  static final List<String> MAPS = List.of(STREAMS, PRESENCE, SESSIONS, NODES);

  /** Must be the same on all members for ever; a prime that gives seven members 38 each. */
  static final int PARTITIONS = 271;

  /** The split-brain protection of everything that is acknowledged. */
  static final String MAJORITY = "majority";

  /** A member that was silent for so long does not count; below the 8 s that remove it. */
  private static final int RECENT_MILLIS = 4_000;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          // A hung or unreachable member is removed after 8 s (default 60), which has to be more
          // than twice the longest pause of a healthy one.
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "8"),
          // Also the number of times that the next oldest member asks the others to accept it after
          // the oldest died. They refuse until they have noticed the death themselves, 0.2 s later
          // or more: with 10 tries, over in 60 ms, it gave up on them and the cluster fell apart.
          Map.entry("hazelcast.mastership.claim.timeout.seconds", "120"),
          Map.entry("hazelcast.invocation.retry.pause.millis", "100"),
          // Who did not get a list of members, which is sent once, has it soon after (default 60):
          // a term begins or grows only when all of its members have the same one.
          Map.entry("hazelcast.member.list.publish.interval.seconds", "2"),
          // A killed process is given up after 3 refused connections, 0.3 s, instead of 4.
          Map.entry("hazelcast.connection.monitor.max.faults", "2"),
          // After a fault of the network a new try finds it mended; the system waits longer and
          // longer before it repeats its own (default 10).
          Map.entry("hazelcast.socket.connect.timeout.seconds", "3"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.max.join.merge.target.seconds", "10"),
          // Members that lost each other, but not the master, are resolved after 5 heartbeats.
          Map.entry("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "5"),
          // Copies are made at once when a member joins; by default not before 5 s, in which the
          // death of the only other member would lose everything.
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          // A write whose backup did not answer is an error, not a success.
          Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
          Map.entry("hazelcast.operation.call.timeout.millis", "10000"),
          Map.entry("hazelcast.operation.backup.timeout.millis", "3000"),
          Map.entry("hazelcast.partition.backup.sync.interval", "5"),
          Map.entry("hazelcast.partition.count", Integer.toString(PARTITIONS)),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "60"),
          Map.entry("hazelcast.event.queue.capacity", "100000"),
          // The node stops in an order of its own, after Vert.x.
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.health.monitoring.level", "OFF"),
          Map.entry("hazelcast.phone.home.enabled", "false"));

  private HazelcastConfigs() {}

  /**
   * @param place the addresses of this member, and how it finds the others
   */
  static Config of(ClusterOptions options, MemberTraits traits, MemberPlace place) {
    var config = new Config().setClusterName(options.name());
    PROPERTIES.forEach(config::setProperty);
    // Joins as a lite member and is promoted when the others agree: a node that has to leave again
    // has never held anybody's data.
    config.setLiteMember(true);
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
    config.getSerializationConfig().addDataSerializableFactory(WireIds.FACTORY, new WireFactory());
    traits.attributes().forEach(config.getMemberAttributeConfig()::setAttribute);
    place.applyTo(config);
    maps(config, options);
    return config;
  }

  private static void maps(Config config, ClusterOptions options) {
    int backups = options.syncBackups();
    config.addMapConfig(
        map(STREAMS, backups, InMemoryFormat.OBJECT)
            .setMergePolicyConfig(merge(acknowledged(options)))
            .setSplitBrainProtectionName(options.guarded() ? MAJORITY : null));
    // Who goes back to the others has ended all of its sessions, and tells anew what else there is
    // to know of it, as somebody new. Data that is brought along is written partition by partition,
    // each waiting for its copies, and nobody knows that it is back before all of that is done.
    var none = merge(DiscardMergePolicy.class);
    config.addMapConfig(map(PRESENCE, backups, InMemoryFormat.OBJECT).setMergePolicyConfig(none));
    config.addMapConfig(map(SESSIONS, backups, InMemoryFormat.OBJECT).setMergePolicyConfig(none));
    config.addMapConfig(map(NODES, backups, InMemoryFormat.BINARY).setMergePolicyConfig(none));
    if (options.guarded()) {
      config.addSplitBrainProtectionConfig(
          new SplitBrainProtectionConfig(MAJORITY, true, options.majority())
              .setFunctionImplementation(
                  new RecentlyHeard(options.majority(), RECENT_MILLIS, System::nanoTime))
              .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
    }
    // Who asks whether all copies were made keeps a thread for as long as a member is silent.
    config.addExecutorConfig(
        new ExecutorConfig(TermKeeper.EXECUTOR, 8).setStatisticsEnabled(false));
    // What vertx-hazelcast asks for. No protection here: the bus has to work for the nodes to heal.
    config.addMultiMapConfig(
        new MultiMapConfig(BusRegistry.CONSUMERS)
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
            .setMergePolicyConfig(none));
    config.addMapConfig(
        new MapConfig("__vertx.haInfo").setBackupCount(1).setMergePolicyConfig(none));
    config.addMapConfig(
        new MapConfig(BusRegistry.ADDRESSES).setBackupCount(1).setMergePolicyConfig(none));
  }

  private static MapConfig map(String name, int backups, InMemoryFormat format) {
    return new MapConfig(name)
        .setBackupCount(backups)
        .setAsyncBackupCount(0)
        .setReadBackupData(false)
        .setStatisticsEnabled(false)
        .setInMemoryFormat(format);
  }

  /**
   * After a partition: where terms say who may acknowledge, the copy of the latest one is kept;
   * without them either side may hold the only copy.
   */
  private static Class<?> acknowledged(ClusterOptions options) {
    return options.guarded() ? LatestTerm.class : PutIfAbsentMergePolicy.class;
  }

  private static MergePolicyConfig merge(Class<?> policy) {
    return new MergePolicyConfig(policy.getName(), 100);
  }

  /**
   * Java serialisation is for what Hazelcast itself sends that way: exceptions of failed
   * operations. Everything else of that kind is refused before its class is loaded.
   */
  private static JavaSerializationFilterConfig filter() {
    var allowed =
        new ClassFilter()
            .addPackages("java.lang")
            .addPrefixes("com.hazelcast.", "[Ljava.lang.")
            .addClasses(
                "java.io.IOException",
                "java.io.EOFException",
                "java.net.ConnectException",
                "java.net.SocketException",
                "java.util.ArrayList",
                "java.util.Collections$EmptyList",
                "java.util.Collections$UnmodifiableCollection",
                "java.util.Collections$UnmodifiableList",
                "java.util.Collections$UnmodifiableRandomAccessList",
                "java.util.ConcurrentModificationException",
                "java.util.NoSuchElementException",
                "java.util.concurrent.CancellationException",
                "java.util.concurrent.CompletionException",
                "java.util.concurrent.ExecutionException",
                "java.util.concurrent.RejectedExecutionException",
                "java.util.concurrent.TimeoutException");
    return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(allowed);
  }
}
