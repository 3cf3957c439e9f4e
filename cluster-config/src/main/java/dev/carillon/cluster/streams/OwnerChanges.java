package dev.carillon.cluster.streams;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.carillon.port.Streams.Inquiry;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Asks the owners of the partitions what has changed there: one question to each member, whatever
 * it owns. Over the data grid and not over the bus, so that what the bus lost is found whatever
 * became of it. Safe to call from any thread; nothing blocks.
 */
final class OwnerChanges {

  private final Vertx vertx;
  private final HazelcastInstance grid;
  private final IMap<String, StoredStream> map;
  private final long patienceMillis;
  private final Map<Integer, Partition> partitions = new HashMap<>();

  /** For each partition a key that leads to its owner. */
  private final Map<Integer, String> keys = new HashMap<>();

  /**
   * @param patienceMillis how long an owner may take to answer
   */
  OwnerChanges(
      Vertx vertx, HazelcastInstance grid, IMap<String, StoredStream> map, long patienceMillis) {
    this.vertx = vertx;
    this.grid = grid;
    this.map = map;
    this.patienceMillis = patienceMillis;
    PartitionService service = grid.getPartitionService();
    service.getPartitions().forEach(each -> partitions.put(each.getPartitionId(), each));
    for (int i = 0; keys.size() < partitions.size(); i++) {
      String key = "#" + i;
      keys.putIfAbsent(part(key), key);
    }
  }

  int parts() {
    return partitions.size();
  }

  int part(String channel) {
    return grid.getPartitionService().getPartition(channel).getPartitionId();
  }

  /** From now on throws away the logs of partitions that leave this member. */
  void followMigrations() {
    onMoved(
        event -> {
          Member source = event.getSource();
          if (source != null && source.localMember()) {
            ChangeLogs.of(grid).forget(event.getPartitionId());
          }
        });
    grid.getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                ChangeLogs.of(grid).forgetAll();
              }
            });
  }

  /** Tells of every partition that gets another owner, wherever in the cluster. */
  void onUnsettled(IntConsumer part) {
    onMoved(event -> part.accept(event.getPartitionId()));
  }

  List<Inquiry> ask(Map<Integer, ChangeVersion> seen) {
    Map<Member, Map<Integer, ChangeVersion>> byOwner = new HashMap<>();
    Map<Integer, ChangeVersion> unowned = new HashMap<>();
    seen.forEach(
        (part, version) -> {
          Partition partition = partitions.get(part);
          Member owner = partition == null ? null : partition.getOwner();
          (owner == null ? unowned : byOwner.computeIfAbsent(owner, fresh -> new HashMap<>()))
              .put(part, version);
        });
    List<Inquiry> inquiries = new ArrayList<>(byOwner.size() + 1);
    byOwner.values().forEach(some -> inquiries.add(new Inquiry(some.keySet(), answer(some))));
    if (!unowned.isEmpty()) {
      var nobody = new StreamsUnavailable(unowned.size() + " partitions without an owner");
      inquiries.add(new Inquiry(unowned.keySet(), Future.failedFuture(nobody)));
    }
    return inquiries;
  }

  private Future<List<Changes>> answer(Map<Integer, ChangeVersion> seen) {
    String key = keys.get(seen.keySet().iterator().next());
    try {
      return Future.fromCompletionStage(
              map.submitToKey(key, new ReadChanges(seen)), vertx.getOrCreateContext())
          .timeout(patienceMillis, TimeUnit.MILLISECONDS)
          .map(StoredChanges::changes);
    } catch (RuntimeException notSent) {
      return Future.failedFuture(new StreamsUnavailable("changes were not asked for", notSent));
    }
  }

  private void onMoved(Consumer<ReplicaMigrationEvent> moved) {
    grid.getPartitionService()
        .addMigrationListener(
            new MigrationListener() {
              @Override
              public void migrationStarted(MigrationState state) {}

              @Override
              public void migrationFinished(MigrationState state) {}

              @Override
              public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
                if (event.getReplicaIndex() == 0) {
                  moved.accept(event);
                }
              }

              @Override
              public void replicaMigrationFailed(ReplicaMigrationEvent event) {}
            });
  }
}
