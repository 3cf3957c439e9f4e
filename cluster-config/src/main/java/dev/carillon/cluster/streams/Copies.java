package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.spi.exception.RetryableHazelcastException;

/**
 * Whether all copies of a partition have a place. When a member is lost its places are empty until
 * the data grid has made the copies anew, and until then the data grid waits for nobody: an
 * operation would succeed with fewer copies than a majority.
 */
final class Copies {

  private Copies() {}

  /**
   * @param count how many there have to be, the owner's included; 1 for no such condition
   * @throws RetryableHazelcastException when one has no place yet, which the data grid repeats
   */
  static void check(HazelcastInstance grid, int part, int count) {
    if (count <= 1) {
      return;
    }
    InternalPartition partition = GridMember.of(grid).node.getPartitionService().getPartition(part);
    for (int i = 0; i < count; i++) {
      if (partition.getReplica(i) == null) {
        throw new RetryableHazelcastException(
            "a copy of partition " + part + " has no place (expected: " + count + " copies)");
      }
    }
  }
}
