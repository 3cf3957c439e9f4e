package dev.carillon.cluster;

import java.util.List;

/**
 * Whether the node may get new clients.
 *
 * @param checks all of them, in the order in which they come true at a start
 */
public record Readiness(List<Check> checks) {

  /**
   * One condition.
   *
   * @param name for example {@code majority}
   * @param detail a few words for an operator
   */
  public record Check(String name, boolean ok, String detail) {}

  public Readiness {
    checks = List.copyOf(checks);
  }

  public boolean ready() {
    return checks.stream().allMatch(Check::ok);
  }
}
