package dev.carillon.heartbeat;

import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What nodes are called, also those that have just left, for the log. Not safe for several threads.
 */
final class NodeNames {

  /** More than leave before the end of their connections is written. */
  static final int LIMIT = 256;

  private final Map<Incarnation, String> names = new LinkedHashMap<>();

  void saw(NodeInfo node) {
    // The latest stands last.
    names.remove(node.incarnation());
    names.put(node.incarnation(), node.name());
    if (names.size() > LIMIT) {
      names.remove(names.keySet().iterator().next());
    }
  }

  /** The name, or the incarnation of a node that was never seen. */
  String of(Incarnation incarnation) {
    return names.getOrDefault(incarnation, "a former node (" + incarnation + ")");
  }
}
