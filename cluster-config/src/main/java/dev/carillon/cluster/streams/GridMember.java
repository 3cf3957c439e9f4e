package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;

/** The inner side of a member, for what nothing public tells or does. */
final class GridMember {

  private GridMember() {}

  static HazelcastInstanceImpl of(HazelcastInstance grid) {
    return grid instanceof HazelcastInstanceProxy proxy
        ? proxy.getOriginal()
        : (HazelcastInstanceImpl) grid;
  }
}
