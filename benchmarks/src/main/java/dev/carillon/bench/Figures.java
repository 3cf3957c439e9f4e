package dev.carillon.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several runs came to. */
final class Figures {

  private record Measure(String what, int digits) {}

  private final Map<Measure, List<Double>> values = new LinkedHashMap<>();

  /** What one run came to, which is printed with so many digits after the point. */
  void add(String what, int digits, double value) {
    values.computeIfAbsent(new Measure(what, digits), first -> new ArrayList<>()).add(value);
  }

  /** Least, middle and greatest of each measure in a line, in the order of the first run. */
  void print() {
    values.forEach(Figures::print);
  }

  private static void print(Measure measure, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    String format = "%." + measure.digits + "f";
    System.out.printf(
        Locale.ROOT,
        "%s: " + format + " / " + format + " / " + format + " (min/median/max of %d)%n",
        measure.what,
        sorted.get(0),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
