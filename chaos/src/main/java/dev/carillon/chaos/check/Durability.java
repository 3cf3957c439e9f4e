package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** I1: what was acknowledged was seen by somebody, delivered or in the history of its channel. */
final class Durability implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var seen = seen(history);
    var lost = new ArrayList<String>();
    for (var operation : history) {
      if (operation.op() == Op.ACK && !seen.contains(operation.id())) {
        lost.add(
            operation.id()
                + " in "
                + operation.channel()
                + ": acknowledged at "
                + operation.at()
                + " ms by "
                + operation.node()
                + " and never seen");
      }
    }
    return lost;
  }

  private static Set<String> seen(List<Operation> history) {
    var seen = new HashSet<String>();
    for (var operation : history) {
      if (operation.op() == Op.DELIVER || operation.op() == Op.READ) {
        seen.add(operation.id());
      }
    }
    return seen;
  }

  /** Ids of what was acknowledged and never seen. */
  static Set<String> lost(List<Operation> history) {
    var seen = seen(history);
    return history.stream()
        .filter(operation -> operation.op() == Op.ACK && !seen.contains(operation.id()))
        .map(Operation::id)
        .collect(Collectors.toSet());
  }
}
