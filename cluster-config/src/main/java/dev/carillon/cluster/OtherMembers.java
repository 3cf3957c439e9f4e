package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members that this one has to agree with. Among core nodes, and among gateways, those are the
 * ones before it in the list, which is in the order of joining and the same on all. A gateway gives
 * way to core nodes whatever their age; it is in the way of others only when it was admitted.
 */
final class OtherMembers {

  /** Who counts as admitted. A core node looks at gateways only when they are asked for. */
  enum Sign {
    /** Data members, and gateways that have a row; asking for it blocks. */
    ASKED,
    /** Data members. */
    SEEN,
    /** Everybody, as nobody is about to leave again. */
    NONE
  }

  private OtherMembers() {}

  /** The members that go before this one, the oldest first. */
  static List<Agreement.Peer> of(HazelcastInstance hazelcast, MemberTraits self, Sign sign) {
    var others = new ArrayList<Agreement.Peer>();
    boolean older = true;
    for (Member member : hazelcast.getCluster().getMembers()) {
      if (member.localMember()) {
        older = false;
        continue;
      }
      var traits = MemberTraits.of(member);
      boolean row = sign == Sign.ASKED && Admission.hasRow(hazelcast, member, traits);
      if (counts(self, traits, older, row)) {
        others.add(peer(member, traits, sign == Sign.NONE || row || !member.isLiteMember()));
      }
    }
    return others;
  }

  /** All other members, as if they were admitted. */
  static List<Agreement.Peer> everyone(HazelcastInstance hazelcast) {
    return hazelcast.getCluster().getMembers().stream()
        .filter(member -> !member.localMember())
        .map(member -> peer(member, MemberTraits.of(member), true))
        .toList();
  }

  private static Agreement.Peer peer(Member member, @Nullable MemberTraits traits, boolean serves) {
    var address = member.getAddress();
    return new Agreement.Peer(traits, serves, address.getHost() + ":" + address.getPort());
  }

  private static boolean counts(
      MemberTraits self, @Nullable MemberTraits other, boolean older, boolean row) {
    boolean gateway = other != null && other.role() == Role.GATEWAY;
    if (self.role() == Role.GATEWAY) {
      return older || !gateway;
    }
    return gateway ? row : older;
  }
}
