package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.carillon.cluster.terms.Terms;

/**
 * Whether all copies of a partition have a place in the term. When a member is lost its places are
 * empty until the data grid has made the copies anew, and until then the data grid waits for
 * nobody: an operation would succeed with fewer copies than a majority. And a member that has just
 * come may be given a copy before the members of the term know of it: then they could take what
 * they have for everything.
 */
final class Copies {

  private Copies() {}

  /**
   * @param count how many there have to be, the owner's included; 1 for no such condition
   * @throws RetryableHazelcastException when one has none yet, which the data grid repeats
   */
  static void check(HazelcastInstance grid, int part, int count) {
    if (count <= 1) {
      return;
    }
    InternalPartition partition = GridMember.of(grid).node.getPartitionService().getPartition(part);
    for (int i = 0; i < count; i++) {
      var replica = partition.getReplica(i);
      if (replica == null || !Terms.takesPart(grid, replica.uuid())) {
        throw new RetryableHazelcastException(
            "a copy of partition " + part + " has no place (expected: " + count + " copies)");
      }
    }
  }
}
