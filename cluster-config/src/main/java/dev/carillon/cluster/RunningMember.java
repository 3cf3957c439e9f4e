package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.cluster.seal.Seal;
import org.jspecify.annotations.Nullable;

/**
 * This node as a member of the data grid and of the bus, after the others admitted it.
 *
 * @param seal of the payloads of streams; null when they are not encrypted
 */
record RunningMember(
    HazelcastInstance hazelcast,
    BusRegistry bus,
    MemberTraits traits,
    MergeGuard guard,
    @Nullable Seal seal) {

  int clusterPort() {
    return hazelcast.getCluster().getLocalMember().getAddress().getPort();
  }

  int busPort() {
    return bus.getNodeInfo().port();
  }
}
