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
 * @param nodes how many nodes they are, or will be: one that is about to come looks at the others
 *     first, as a lite member of the same name, which stays one
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
    var coming = new HashSet<String>();
    for (var member : all) {
      var attributes = member.getAttributes();
      var id = Incarnation.of(member.getUuid());
      var name = attributes.getOrDefault(Attributes.NAME, id.toString());
      if (!member.isLiteMember()) {
        members.add(id);
        names.add(name);
      } else if (Role.CORE.toString().equals(attributes.get(Attributes.ROLE))) {
        members.add(id);
        coming.add(name);
      }
    }
    long data = all.stream().filter(member -> !member.isLiteMember()).count();
    coming.removeAll(names);
    return new Holders(members, (int) data + coming.size());
  }
}
