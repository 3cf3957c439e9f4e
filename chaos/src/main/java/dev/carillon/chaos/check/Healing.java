package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.List;
import java.util.Set;

/**
 * I10: 30 s after a fault was mended every node is ready and knows all others, or 60 s where a
 * process had to be started for it, which takes the time that it takes on a loaded machine.
 */
final class Healing implements Invariant {
  private static final long LIMIT = 30_000;
  private static final long WITH_START = 60_000;
  private static final Set<String> STARTS = Set.of("kill", "rolling");

  /** The lab looks twice, 4 s apart, before it believes it. */
  private static final long CONFIRMATION = 5_000;

  @Override
  public List<String> violations(List<Operation> history) {
    return Strike.of(history).stream().filter(Healing::isSlow).map(Healing::line).toList();
  }

  private static boolean isSlow(Strike strike) {
    long limit = STARTS.contains(strike.fault()) ? WITH_START : LIMIT;
    return millis(strike) > limit + CONFIRMATION;
  }

  private static long millis(Strike strike) {
    return strike.healed() - strike.mended().orElse(strike.healed());
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
}
