package dev.carillon.broker;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership.Change;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The nodes of one process that see each other. Safe to call from any thread. */
public final class LocalNetwork {

  private final Map<Incarnation, LocalLinks> links = new ConcurrentHashMap<>();
  private final List<LocalMembership> members = new CopyOnWriteArrayList<>();

  void join(LocalMembership member, LocalLinks nodeLinks) {
    links.put(member.self().incarnation(), nodeLinks);
    members.add(member);
    tell(Change.JOINED, member.self());
  }

  /** Takes a node away, as its death does. */
  public void leave(Incarnation node) {
    links.remove(node);
    for (LocalMembership member : members) {
      if (member.self().incarnation().equals(node)) {
        members.remove(member);
        tell(Change.LEFT, member.self());
      }
    }
  }

  List<NodeInfo> nodes() {
    return members.stream().map(LocalMembership::self).toList();
  }

  Map<Incarnation, LocalLinks> links() {
    return links;
  }

  void tell(Change change, NodeInfo node) {
    members.forEach(member -> member.tell(change, node));
  }
}
