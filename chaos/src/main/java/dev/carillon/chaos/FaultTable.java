package dev.carillon.chaos;

import dev.carillon.chaos.check.FaultReport;
import dev.carillon.chaos.check.Spread;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each kind of fault did, for people: a line for each, times in milliseconds. */
final class FaultTable {
  private static final String ROW = "%-12s%8s%9s%6s%6s%6s%20s%20s%20s%20s%20s";

  private FaultTable() {}

  /** The table; empty without faults. */
  static List<String> lines(List<FaultReport> faults) {
    if (faults.isEmpty()) {
      return List.of();
    }
    var head =
        row(
            "fault",
            "strikes",
            "acked",
            "lost",
            "twice",
            "told",
            "worst ack",
            "struck acked",
            "detected",
            "presence",
            "healed");
    return Stream.concat(Stream.of(head), faults.stream().map(FaultTable::row)).toList();
  }

  private static String row(FaultReport report) {
    return row(
        report.fault(),
        report.strikes(),
        report.acked(),
        report.lost(),
        report.duplicated(),
        report.toldOfLoss(),
        text(report.worstAck()),
        text(report.struckAcked()),
        text(report.detect()),
        text(report.presence()),
        text(report.heal()));
  }

  private static String row(Object... cells) {
    return String.format(ROW, cells);
  }

  private static String text(Optional<Spread> spread) {
    return spread.map(s -> s.min() + "/" + s.median() + "/" + s.max()).orElse("-");
  }
}
