package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One fault of a history. Times are milliseconds since its beginning.
 *
 * @param fault its name
 * @param node which node it struck; empty for all
 * @param begin when it began
 * @param mended when it was undone; empty in a history that does not say so
 * @param overtaken whether another one began before the nodes were well again, or the lab gave up
 *     waiting for that
 * @param healed when all nodes were well again, or the history ended
 * @param end when the next one began, or the history ended
 */
record Strike(
    String fault,
    String node,
    long begin,
    Optional<Long> mended,
    boolean overtaken,
    long healed,
    long end) {

  /** All of a history, in the order of their beginnings. */
  static List<Strike> of(List<Operation> history) {
    var strikes = new ArrayList<Strike>();
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).op() == Op.FAULT) {
        strikes.add(beginningAt(i, history));
      }
    }
    return strikes;
  }

  /** A strike may begin when the one before it was mended and is not healed yet. */
  private static Strike beginningAt(int index, List<Operation> history) {
    var fault = history.get(index);
    long last = history.get(history.size() - 1).at();
    long healed = last;
    long end = last;
    Optional<Long> mended = Optional.empty();
    boolean isHealed = false;
    boolean overtaken = false;
    for (var later : history.subList(index + 1, history.size())) {
      if (later.op() == Op.MENDED && mended.isEmpty() && isSame(fault, later)) {
        mended = Optional.of(later.at());
      } else if (later.op() == Op.HEALED && !isHealed) {
        healed = later.at();
        isHealed = true;
      } else if (later.op() == Op.UNHEALED) {
        overtaken |= !isHealed;
      } else if (later.op() == Op.FAULT) {
        overtaken |= !isHealed;
        if (isHealed) {
          end = later.at();
          break;
        }
      }
    }
    return new Strike(fault.id(), fault.node(), fault.at(), mended, overtaken, healed, end);
  }

  private static boolean isSame(Operation fault, Operation mended) {
    return fault.id().equals(mended.id()) && fault.node().equals(mended.node());
  }

  /** Whether something that happened at a node at this time happened to who was struck. */
  boolean strikes(Operation operation) {
    return isDuring(operation.at()) && (node.isEmpty() || node.equals(operation.node()));
  }

  /** Whether the time is between the beginning and the end of the fault's consequences. */
  boolean isDuring(long at) {
    return at >= begin && at <= healed;
  }

  /** From when it was mended until the nodes were well; empty when it was overtaken. */
  Optional<Long> healing() {
    return overtaken ? Optional.empty() : mended.map(from -> healed - from);
  }
}
