package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * I1: what was acknowledged was seen by somebody, delivered or in the history of its channel. What
 * a flush of Redis destroyed before that is not lost if everybody concerned was told.
 */
final class Durability implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var lost = lost(history);
    return history.stream()
        .filter(operation -> operation.op() == Op.ACK && lost.contains(operation.id()))
        .map(Durability::line)
        .toList();
  }

  private static String line(Operation ack) {
    return ack.id()
        + " in "
        + ack.channel()
        + ": acknowledged at "
        + ack.at()
        + " ms by "
        + ack.node()
        + " and never seen";
  }

  /** Ids of what was acknowledged and never seen, and not destroyed by a flush of Redis. */
  static Set<String> lost(List<Operation> history) {
    var unseen = unseen(history);
    unseen.removeAll(Flushes.wiped(history, unseen));
    return unseen;
  }

  /** Ids of what was acknowledged and destroyed by a flush of Redis before anybody saw it. */
  static Set<String> flushed(List<Operation> history) {
    return Flushes.wiped(history, unseen(history));
  }

  private static Set<String> unseen(List<Operation> history) {
    var seen = new HashSet<String>();
    for (var operation : history) {
      if (operation.op() == Op.DELIVER || operation.op() == Op.READ) {
        seen.add(operation.id());
      }
    }
    return history.stream()
        .filter(operation -> operation.op() == Op.ACK && !seen.contains(operation.id()))
        .map(Operation::id)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
