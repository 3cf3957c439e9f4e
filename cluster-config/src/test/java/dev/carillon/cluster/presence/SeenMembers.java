package dev.carillon.cluster.presence;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The members of a data grid as nodes, as far as the test does not decide otherwise. */
final class SeenMembers extends MembershipAdapter implements Membership {

  /** How often somebody asked whether the node is fenced. */
  final AtomicInteger asked = new AtomicInteger();

  volatile boolean fenced;

  private final HazelcastInstance grid;
  private final NodeInfo self;
  private final Set<Incarnation> hidden = ConcurrentHashMap.newKeySet();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  SeenMembers(HazelcastInstance grid) {
    this.grid = grid;
    this.self = info(incarnation(grid));
    grid.getCluster().addMembershipListener(this);
  }

  static Incarnation incarnation(HazelcastInstance member) {
    return Incarnation.of(member.getCluster().getLocalMember().getUuid());
  }

  /** This node takes the other one for dead, as when it is cut off. */
  void lose(Incarnation node) {
    hidden.add(node);
    listeners.forEach(listener -> listener.changed(Change.LEFT, info(node)));
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    lose(Incarnation.of(event.getMember().getUuid()));
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public List<NodeInfo> nodes() {
    return incarnations().filter(node -> !hidden.contains(node)).map(SeenMembers::info).toList();
  }

  private Stream<Incarnation> incarnations() {
    return grid.getCluster().getMembers().stream().map(Member::getUuid).map(Incarnation::of);
  }

  private static NodeInfo info(Incarnation node) {
    return new NodeInfo(node, "n", "core", "test", Set.of(), List.of(), "127.0.0.1:0", 0);
  }

  @Override
  public boolean isSuspect(Incarnation node) {
    return false;
  }

  @Override
  public boolean isFenced() {
    asked.incrementAndGet();
    return fenced;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void announce(List<String> publicUrls) {}
}
