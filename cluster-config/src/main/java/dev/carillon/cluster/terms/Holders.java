package dev.carillon.cluster.terms;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.cluster.Attributes;
import dev.carillon.cluster.Role;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    var data = all.stream().filter(each -> !each.isLiteMember()).toList();
    var coming = all.stream().filter(Holders::isComing).toList();
    var names = coming.stream().map(Holders::name).collect(Collectors.toSet());
    data.forEach(each -> names.remove(name(each)));
    var members =
        Stream.concat(data.stream(), coming.stream())
            .map(each -> Incarnation.of(each.getUuid()))
            .collect(Collectors.toSet());
    return new Holders(members, data.size() + names.size());
  }

  private static boolean isComing(Member member) {
    return member.isLiteMember()
        && Role.CORE.toString().equals(member.getAttributes().get(Attributes.ROLE));
  }

  private static String name(Member member) {
    return member.getAttributes().getOrDefault(Attributes.NAME, member.getUuid().toString());
  }
}
