package dev.carillon.launch.management;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Whether this node may get clients. Several parts of the process add what they know; it is ready
 * when all of them agree. Safe to call from any thread.
 */
public final class Readiness {

  /**
   * One condition.
   *
   * @param name for example {@code majority}
   * @param detail a few words for an operator
   */
  public record Check(String name, boolean ok, String detail) {}

  /** All conditions at one moment, in the order in which they were added. */
  public record Report(List<Check> checks) {
    public Report {
      checks = List.copyOf(checks);
    }

    public boolean ready() {
      return checks.stream().allMatch(Check::ok);
    }
  }

  private final List<Supplier<List<Check>>> sources = new CopyOnWriteArrayList<>();

  /** Adds conditions. They are asked for at every request and must answer at once. */
  public void add(Supplier<List<Check>> checks) {
    sources.add(checks);
  }

  public Report report() {
    var checks = new ArrayList<Check>();
    sources.forEach(source -> checks.addAll(source.get()));
    return new Report(checks);
  }
}
