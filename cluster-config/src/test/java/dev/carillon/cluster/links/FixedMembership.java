package dev.carillon.cluster.links;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A list of nodes that the test decides about. */
final class FixedMembership implements Membership {

  private final NodeInfo self;
  private final List<NodeInfo> nodes = new CopyOnWriteArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  FixedMembership(String name) {
    self =
        new NodeInfo(
            Incarnation.random(), name, "core", "test", Set.of(), List.of(), "127.0.0.1:0", 0);
    nodes.add(self);
  }

  void add(NodeInfo node) {
    nodes.add(node);
    listeners.forEach(listener -> listener.changed(Change.JOINED, node));
  }

  void remove(NodeInfo node) {
    nodes.remove(node);
    listeners.forEach(listener -> listener.changed(Change.LEFT, node));
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public List<NodeInfo> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public boolean isSuspect(Incarnation node) {
    return false;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void announce(List<String> publicUrls) {}
}
