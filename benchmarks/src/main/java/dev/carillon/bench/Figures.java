package dev.carillon.bench;

import java.util.List;
import java.util.Locale;

/** What several runs came to. */
final class Figures {

  private Figures() {}

  /** Least, middle and greatest of them in a line. */
  static void print(String what, String format, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    String line =
        what + ": " + format + " / " + format + " / " + format + " (min/median/max of %d)%n";
    System.out.printf(
        Locale.ROOT,
        line,
        sorted.get(0),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
