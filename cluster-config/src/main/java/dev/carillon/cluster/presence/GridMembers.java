package dev.carillon.cluster.presence;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.wire.Incarnation;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is a member of the cluster at this moment, as the owner of a channel sees it. It decides, not
 * whoever asks it for something: a question may have been under way for long, or come from a node
 * that was cut off and took the others for dead.
 */
final class GridMembers {

  private GridMembers() {}

  /**
   * @param grid the member that owns the channel, which Hazelcast fills in
   */
  static Set<Incarnation> of(@Nullable HazelcastInstance grid) {
    if (grid == null) {
      throw new IllegalStateException("no data grid (expected: the one that runs this)");
    }
    return grid.getCluster().getMembers().stream()
        .map(member -> Incarnation.of(member.getUuid()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
