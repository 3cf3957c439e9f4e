package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** This node as a member of the data grid and of the bus, after the others admitted it. */
record RunningMember(
    HazelcastInstance hazelcast,
    HazelcastClusterManager bus,
    MemberTraits traits,
    MergeGuard guard) {

  int clusterPort() {
    return hazelcast.getCluster().getLocalMember().getAddress().getPort();
  }

  int busPort() {
    return bus.getNodeInfo().port();
  }
}
