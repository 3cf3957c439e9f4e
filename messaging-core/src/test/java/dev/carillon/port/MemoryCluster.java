package dev.carillon.port;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership.Change;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Several nodes in one process, for tests of what nodes tell each other. What crosses takes the
 * same bytes as on the bus, and arrives in order.
 */
public final class MemoryCluster {

  private final Vertx vertx;
  private final MemorySessions sessions = new MemorySessions();
  private final List<MemoryNode> nodes = new CopyOnWriteArrayList<>();

  public MemoryCluster(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A new node, the youngest. */
  public MemoryNode join(String name, String... verticles) {
    NodeInfo info =
        new NodeInfo(
            Incarnation.random(),
            name,
            "core",
            "test",
            Set.of(verticles),
            List.of(),
            "127.0.0.1:5701",
            System.currentTimeMillis());
    MemoryNode node = new MemoryNode(this, info, vertx);
    nodes.add(node);
    nodes.forEach(other -> other.tell(Change.JOINED, info));
    return node;
  }

  /** Takes the node away as a kill does: nothing reaches it, nothing comes from it. */
  public void kill(MemoryNode node) {
    nodes.remove(node);
    nodes.forEach(other -> other.tell(Change.LEFT, node.self()));
  }

  /** The table of sessions that all nodes share. */
  public MemorySessions sessions() {
    return sessions;
  }

  List<MemoryNode> live() {
    return nodes;
  }
}
