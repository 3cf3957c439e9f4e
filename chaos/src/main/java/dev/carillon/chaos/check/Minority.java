package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.List;

/**
 * I9: a node that is cut off from all others acknowledges nothing any more from 5 s after that,
 * until the others can hear it again.
 */
final class Minority implements Invariant {
  private static final long LIMIT = 5_000;
  private static final String ALONE = "partition";

  @Override
  public List<String> violations(List<Operation> history) {
    var alone =
        Strike.of(history).stream()
            .filter(strike -> strike.fault().equals(ALONE) && strike.mended().isPresent())
            .toList();
    return history.stream()
        .filter(operation -> operation.op() == Op.ACK)
        .flatMap(
            ack -> alone.stream().filter(strike -> isWrong(ack, strike)).map(s -> line(ack, s)))
        .toList();
  }

  private static boolean isWrong(Operation ack, Strike strike) {
    return ack.node().equals(strike.node())
        && ack.at() > strike.begin() + LIMIT
        && ack.at() < strike.mended().orElse(0L);
  }

  private static String line(Operation ack, Strike strike) {
    return ack.id()
        + ": acknowledged by "
        + ack.node()
        + ", which had been alone for "
        + (ack.at() - strike.begin())
        + " ms";
  }
}
