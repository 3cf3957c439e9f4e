package dev.carillon.cluster.presence;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.carillon.wire.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the data grid that keeps presence.
 *
 * @param hazelcast this member
 * @param map {@code carillon.presence}
 */
public record PresenceGrid(HazelcastInstance hazelcast, IMap<String, ChannelPresence> map) {

  /**
   * What this member owns.
   *
   * @param settled whether all channels had a live owner before; else this member may own more in a
   *     moment
   */
  record Share(boolean settled, List<String> channels) {}

  /** Asks the partition threads of this member, and waits for them. */
  Share share() {
    if (hazelcast.getCluster().getLocalMember().isLiteMember()) {
      return new Share(true, List.of());
    }
    boolean settled =
        hazelcast.getPartitionService().getPartitions().stream()
            .allMatch(partition -> partition.getOwner() != null);
    return new Share(settled, List.copyOf(map.localKeySet()));
  }

  /** Who owns the channel; null while nobody does. Waits for nobody. */
  @Nullable Incarnation owner(String channel) {
    var owner = hazelcast.getPartitionService().getPartition(channel).getOwner();
    return owner == null ? null : Incarnation.of(owner.getUuid());
  }

  /** Whenever channels have moved between members; called by any thread. */
  void onMoved(Runnable action) {
    hazelcast
        .getPartitionService()
        .addMigrationListener(
            new MigrationListener() {
              @Override
              public void migrationStarted(MigrationState state) {}

              @Override
              public void migrationFinished(MigrationState state) {
                action.run();
              }

              @Override
              public void replicaMigrationCompleted(ReplicaMigrationEvent event) {}

              @Override
              public void replicaMigrationFailed(ReplicaMigrationEvent event) {}
            });
  }
}
