package dev.carillon.cluster.terms;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.cluster.Attributes;
import dev.carillon.cluster.Role;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The members that have copies, or may be given some: those of core nodes. One of these joins as a
 * lite member (docs/adr/0020), and when it becomes a data member, nobody is told.
 *
 * @param nodes how many nodes they belong to: one that is about to come looks before
 */
record Holders(Set<Incarnation> members, int nodes) {

  static final Holders NONE = new Holders(Set.of(), 0);

  Holders {
    members = Set.copyOf(members);
  }

  static Holders in(HazelcastInstance grid) {
    return of(grid.getCluster().getMembers());
  }

  static Holders of(Collection<Member> all) {
    var members = new HashSet<Incarnation>();
    var names = new HashSet<String>();
    for (var member : all) {
      var attributes = member.getAttributes();
      boolean core = Role.CORE.toString().equals(attributes.get(Attributes.ROLE));
      if (core || !member.isLiteMember()) {
        var id = Incarnation.of(member.getUuid());
        members.add(id);
        names.add(attributes.getOrDefault(Attributes.NAME, id.toString()));
      }
    }
    return new Holders(members, names.size());
  }
}
