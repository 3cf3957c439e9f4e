package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What faults of one kind did, as clients saw it. Spreads are over the strikes, in milliseconds;
 * strikes in which there was nothing to measure are not in them.
 *
 * @param fault the name of the kind
 * @param strikes how many there were
 * @param acked publications that were acknowledged from a fault until it was healed
 * @param lost how many of these were lost (I1)
 * @param duplicated how many of these were doubled (I2)
 * @param toldOfLoss incomplete recoveries from a fault until the next one
 * @param worstAck the longest time from a publish to its acknowledgement in a strike
 * @param struckAcked from a fault to the last acknowledgement of the struck node before it was
 *     mended; 0 when there was none
 * @param detect from a fault to the first client that saw something of it: its connection or its
 *     subscription was ended, or a publish was answered with an error
 * @param presence from a fault to the last word that somebody who was connected to the node has
 *     left; for faults of all nodes from the end of the connection to that word
 * @param heal from the end of a fault until all nodes were well
 */
public record FaultReport(
    String fault,
    int strikes,
    long acked,
    long lost,
    long duplicated,
    long toldOfLoss,
    Optional<Spread> worstAck,
    Optional<Spread> struckAcked,
    Optional<Spread> detect,
    Optional<Spread> presence,
    Optional<Spread> heal) {

  /** One for each kind of fault in the history, in the order of their first strikes. */
  static List<FaultReport> of(List<Operation> history) {
    return tallies(history).stream()
        .collect(
            Collectors.groupingBy(
                tally -> tally.strike().fault(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(FaultReport::sum)
        .toList();
  }

  private static List<Tally> tallies(List<Operation> history) {
    var fates = Fates.of(history);
    var tallies = Strike.of(history).stream().map(strike -> new Tally(strike, fates)).toList();
    var waiting = new ArrayDeque<>(tallies);
    var open = new ArrayList<Tally>();
    for (var operation : history) {
      while (!waiting.isEmpty() && waiting.getFirst().strike().begin() <= operation.at()) {
        open.add(waiting.removeFirst());
      }
      open.removeIf(tally -> tally.strike().end() < operation.at());
      fates.follow(operation);
      open.forEach(tally -> tally.follow(operation));
    }
    return tallies;
  }

  private static FaultReport sum(List<Tally> tallies) {
    return new FaultReport(
        tallies.get(0).strike().fault(),
        tallies.size(),
        tallies.stream().mapToLong(Tally::acked).sum(),
        tallies.stream().mapToLong(Tally::lost).sum(),
        tallies.stream().mapToLong(Tally::duplicated).sum(),
        tallies.stream().mapToLong(Tally::toldOfLoss).sum(),
        spread(tallies, Tally::worstAck),
        spread(tallies, Tally::struckAcked),
        spread(tallies, Tally::detect),
        spread(tallies, Tally::presence),
        spread(tallies, Tally::heal));
  }

  private static Optional<Spread> spread(
      List<Tally> tallies, Function<Tally, Optional<Long>> number) {
    return Spread.of(tallies.stream().map(number).flatMap(Optional::stream).toList());
  }
}
