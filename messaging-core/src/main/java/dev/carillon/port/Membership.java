package dev.carillon.port;

import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Optional;

/** Which nodes are in the cluster now, as this node sees it. Safe to call from any thread. */
public interface Membership {

  /** What happened to a node. */
  enum Change {
    /** It joined. Its public URLs may follow. */
    JOINED,
    /** It left or died: nothing of this incarnation is valid any more. */
    LEFT,
    /** Nothing was heard from it for 3 s, but it is still a member. */
    SUSPECT,
    /** It was heard again. */
    WELL,
    /** It told something new about itself, for example its public URLs. */
    CHANGED
  }

  /** Called on an event loop of the node, within 1 s of a kill. */
  @FunctionalInterface
  interface Listener {
    void changed(Change change, NodeInfo node);
  }

  /** This node. */
  NodeInfo self();

  /** All live nodes, this one included, the oldest first: the same order on every node. */
  List<NodeInfo> nodes();

  /** The oldest live node that runs this verticle; the same one on every node. */
  default Optional<NodeInfo> oldestRunning(String verticle) {
    return nodes().stream().filter(node -> node.runs(verticle)).findFirst();
  }

  boolean isSuspect(Incarnation node);

  /**
   * Whether this node has fenced itself off, because it lost the majority, stood still, or was
   * taken for dead: it acknowledges nothing, new clients are refused with 503, and those it has are
   * sent to other nodes. Cheap; asked for every publication and every new client.
   */
  default boolean isFenced() {
    return false;
  }

  void listen(Listener listener);

  /** Tells the others where browsers reach this node, once the listeners are open. */
  void announce(List<String> publicUrls);
}
