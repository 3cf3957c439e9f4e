package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.List;

/** A rule that every history must keep. Implementations are pure: one history, one answer. */
interface Invariant {
  /**
   * What breaks the rule.
   *
   * @param history in the order of time
   * @return a line for each violation; empty when the rule holds
   */
  List<String> violations(List<Operation> history);
}
