package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * I10: 30 s after a fault was mended every node is ready and knows all others, or 60 s where a
 * process had to be started for it, which takes the time that it takes on a loaded machine. When
 * the lab gave up waiting for it, that is so whatever the clock says.
 */
final class Healing implements Invariant {
  private static final long LIMIT = 30_000;
  private static final long WITH_START = 60_000;
  private static final Set<String> STARTS = Set.of("kill", "rolling");

  /** The lab looks twice, 4 s apart, before it believes it. */
  private static final long CONFIRMATION = 5_000;

  @Override
  public List<String> violations(List<Operation> history) {
    var strikes = Strike.of(history);
    var slow = strikes.stream().filter(strike -> millis(strike) > limit(strike, strikes));
    var never = history.stream().filter(operation -> operation.op() == Op.UNHEALED);
    return Stream.concat(slow.map(Healing::line), never.map(Healing::line)).toList();
  }

  /** Faults that overlap are healed together. */
  private static long limit(Strike strike, List<Strike> strikes) {
    boolean starts =
        strikes.stream()
            .filter(other -> other.healed() == strike.healed())
            .anyMatch(other -> STARTS.contains(other.fault()));
    return (starts ? WITH_START : LIMIT) + CONFIRMATION;
  }

  private static long millis(Strike strike) {
    return strike.healing().orElse(0L);
  }

  private static String line(Strike strike) {
    return strike.fault()
        + " of "
        + (strike.node().isEmpty() ? "all" : strike.node())
        + " at "
        + strike.begin()
        + " ms: well "
        + millis(strike)
        + " ms after it was mended";
  }

  private static String line(Operation unhealed) {
    return unhealed.id() + ": the nodes were still not well at " + unhealed.at() + " ms";
  }
}
