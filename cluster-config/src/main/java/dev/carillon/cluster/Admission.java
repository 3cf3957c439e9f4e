package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import dev.carillon.cluster.StartException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign that a member was admitted. A core node becomes a data member; a gateway never does, and
 * has a row in the map {@code carillon.nodes} instead. Everything here blocks.
 */
final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private static final long AGAIN_MILLIS = 100;

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

  /**
   * From now on the other nodes count this one. It is tried again: the oldest member, which is
   * asked, may just be dying or be replaced by the next, and a copy may not be confirmed.
   *
   * @throws StartException when it did not succeed within {@code cluster.join_timeout}
   */
  static void admit(HazelcastInstance hazelcast, MemberTraits self, ClusterOptions options) {
    long deadline = System.nanoTime() + options.joinTimeout().toNanos();
    for (; ; ) {
      try {
        sign(hazelcast, self);
        return;
      } catch (HazelcastInstanceNotActiveException stopped) {
        throw stopped;
      } catch (RuntimeException failed) {
        if (System.nanoTime() > deadline) {
          throw unconfirmed(options, failed);
        }
        LOG.debug("Asks again to be admitted", failed);
        JoinPause.millis(AGAIN_MILLIS);
      }
    }
  }

  private static void sign(HazelcastInstance hazelcast, MemberTraits self) {
    if (self.role() == Role.GATEWAY) {
      rows(hazelcast).set(own(hazelcast), new StoredNode(List.of()));
    } else if (hazelcast.getCluster().getLocalMember().isLiteMember()) {
      // Otherwise it was done, and only the answer was lost.
      hazelcast.getCluster().promoteLocalLiteMember();
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

  /** What has to be said when the others were uncertain until the end. */
  static StartException unconfirmed(ClusterOptions options, Throwable failed) {
    return new StartException(
        Reason.UNCONFIRMED,
        "cluster.join_timeout",
        "cluster.join_timeout = "
            + options.joinTimeout().toSeconds()
            + "s (expected: long enough for the other nodes to confirm what this one told them;"
            + " the last failure was "
            + failed.getMessage()
            + "): start it again, or raise it");
  }

  private static String own(HazelcastInstance hazelcast) {
    return MemberTraits.incarnation(hazelcast.getCluster().getLocalMember()).toString();
  }

  private static IMap<String, StoredNode> rows(HazelcastInstance hazelcast) {
    return hazelcast.getMap(HazelcastConfigs.NODES);
  }
}
