package dev.carillon.chaos.lab;

import java.util.List;

/**
 * What a nemesis may do.
 *
 * @param faults which ones it may use
 * @param overlap whether a second fault follows some of them before the nodes are well again
 * @param seed of its choices
 */
public record Plan(List<Fault> faults, boolean overlap, long seed) {

  public Plan {
    faults = List.copyOf(faults);
  }

  /** Whether one of the faults breaks the network. */
  boolean breaksNetwork() {
    return faults.stream().anyMatch(Fault::breaksNetwork);
  }

  /** Whether the streams are in Redis. */
  boolean needsRedis() {
    return faults.stream().anyMatch(Fault::needsRedis);
  }

  /**
   * What may follow a fault before the nodes are well again, on another node. Two processes that
   * end within seconds are more than the streams have copies for: a kill is not followed by one.
   *
   * @return empty when nothing may
   */
  List<Fault> after(Fault first) {
    if (!overlap || !first.strikesOne()) {
      return List.of();
    }
    return faults.stream()
        .filter(Fault::strikesOne)
        .filter(second -> first != Fault.KILL || second != Fault.KILL)
        .toList();
  }
}
