package dev.carillon.hub;

import dev.carillon.node.NodeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the nodes of the cluster answered.
 *
 * @param given by node, in the order of the membership
 * @param silent nodes that did not answer in time: what was ordered may have happened there or not,
 *     what was asked lacks their part
 */
public record Answers<T>(Map<NodeInfo, T> given, List<NodeInfo> silent) {

  public Answers {
    given = new LinkedHashMap<>(given);
    silent = List.copyOf(silent);
  }

  /** Whether every node has answered. */
  public boolean isComplete() {
    return silent.isEmpty();
  }
}
