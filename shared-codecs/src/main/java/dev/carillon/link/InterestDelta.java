package dev.carillon.link;

import dev.carillon.wire.Incarnation;
import java.util.List;

/**
 * How a node's interest changed.
 *
 * @param base the version that it changes, or any later one up to {@code version}
 * @param set slots that are wanted now
 * @param cleared slots that are wanted no more
 */
public record InterestDelta(
    Incarnation from,
    long number,
    long at,
    long base,
    long version,
    List<Integer> set,
    List<Integer> cleared)
    implements InterestNews {

  public InterestDelta {
    set = List.copyOf(set);
    cleared = List.copyOf(cleared);
  }
}
