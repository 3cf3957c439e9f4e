package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.carillon.cluster.StartException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sign that a member was admitted. A core node becomes a data member; a gateway never does, and
 * has a row in the map {@code carillon.nodes} instead. Everything here blocks.
 */
final class Admission {

  private Admission() {}

  /** Whether this other member is a gateway that was admitted. */
  static boolean hasRow(HazelcastInstance hazelcast, Member member, @Nullable MemberTraits traits) {
    // Without a data member there are no maps, and nobody has been admitted.
    return traits != null
        && member.isLiteMember()
        && traits.role() == Role.GATEWAY
        && coreMembers(hazelcast) > 0
        && rows(hazelcast).containsKey(MemberTraits.incarnation(member).toString());
  }

  /** From now on the other nodes count this one. */
  static void admit(HazelcastInstance hazelcast, MemberTraits self) {
    if (self.role() == Role.CORE) {
      hazelcast.getCluster().promoteLocalLiteMember();
    } else {
      rows(hazelcast).set(own(hazelcast), new StoredNode(List.of()));
    }
  }

  /** Takes back the sign of a gateway that has to leave again. */
  static void withdraw(HazelcastInstance hazelcast) {
    rows(hazelcast).delete(own(hazelcast));
  }

  static long coreMembers(HazelcastInstance hazelcast) {
    return hazelcast.getCluster().getMembers().stream()
        .filter(member -> !member.isLiteMember())
        .count();
  }

  static StartException nobodyKeepsData(Reason reason, ClusterOptions options) {
    return new StartException(
        reason,
        "cluster.role",
        "cluster.role = gateway (expected: a core node in the cluster, which keeps the data; there"
            + " was none for "
            + options.joinTimeout().toSeconds()
            + " s of cluster.join_timeout): start the core nodes");
  }

  private static String own(HazelcastInstance hazelcast) {
    return MemberTraits.incarnation(hazelcast.getCluster().getLocalMember()).toString();
  }

  private static IMap<String, StoredNode> rows(HazelcastInstance hazelcast) {
    return hazelcast.getMap(HazelcastConfigs.NODES);
  }
}
