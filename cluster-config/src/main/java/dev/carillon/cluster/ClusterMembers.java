package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Hazelcast's list of members, read as nodes. Asks nobody and may be used on any thread. */
record ClusterMembers(HazelcastInstance hazelcast) {

  boolean running() {
    return hazelcast.getLifecycleService().isRunning();
  }

  /**
   * The members that were admitted, in the order of the list; empty when the data grid has stopped.
   *
   * @param rows of which this uses those that are known
   */
  Map<Incarnation, NodeInfo> admitted(NodeRows rows) {
    var nodes = new LinkedHashMap<Incarnation, NodeInfo>();
    if (!running()) {
      return nodes;
    }
    for (Member member : hazelcast.getCluster().getMembers()) {
      var traits = MemberTraits.of(member);
      if (traits != null && isAdmitted(member, traits, rows)) {
        var incarnation = MemberTraits.incarnation(member);
        var urls = rows.urlsOf(incarnation);
        nodes.put(incarnation, traits.nodeInfo(incarnation, urls, address(member)));
      }
    }
    return nodes;
  }

  /** The members that have a row, or will have one when they are admitted. */
  Set<Incarnation> candidates() {
    var nodes = new HashSet<Incarnation>();
    if (!running()) {
      return nodes;
    }
    for (Member member : hazelcast.getCluster().getMembers()) {
      var traits = MemberTraits.of(member);
      if (traits != null && (!member.isLiteMember() || traits.role() == Role.GATEWAY)) {
        nodes.add(MemberTraits.incarnation(member));
      }
    }
    return nodes;
  }

  String ownAddress() {
    return address(hazelcast.getCluster().getLocalMember());
  }

  /** As {@link Admission} says, but from what is known here. */
  private static boolean isAdmitted(Member member, MemberTraits traits, NodeRows rows) {
    return !member.isLiteMember()
        || traits.role() == Role.GATEWAY
            && (member.localMember() || rows.has(MemberTraits.incarnation(member)));
  }

  private static String address(Member member) {
    var address = member.getAddress();
    return new NodeAddress(address.getHost(), address.getPort()).toString();
  }
}
