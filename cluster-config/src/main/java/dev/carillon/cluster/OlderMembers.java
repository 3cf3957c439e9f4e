package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;

/** The members before this one in the list, which is in the order of joining, the same on all. */
final class OlderMembers {

  private OlderMembers() {}

  /**
   * @param all whether members that were not admitted yet count as if they were
   */
  static List<Agreement.Peer> of(HazelcastInstance hazelcast, boolean all) {
    var older = new ArrayList<Agreement.Peer>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      if (member.localMember()) {
        return older;
      }
      var address = member.getAddress();
      older.add(
          new Agreement.Peer(
              MemberTraits.of(member),
              all || !member.isLiteMember(),
              address.getHost() + ":" + address.getPort()));
    }
    return older;
  }
}
