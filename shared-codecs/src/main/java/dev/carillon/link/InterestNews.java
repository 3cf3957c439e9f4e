package dev.carillon.link;

import dev.carillon.wire.Incarnation;

/**
 * What channels a node wants publications of, by their {@link Slots}. It repeats number and time of
 * the ask that it follows.
 */
public sealed interface InterestNews permits InterestWhole, InterestDelta {

  /** Whose interest it is. */
  Incarnation from();

  /** {@link InterestAsk#number} of the last ask that came before it. */
  long number();

  /** {@link InterestAsk#at} of the ask that it answers; 0 when it answers none. */
  long at();

  /** What is known after it; versions begin with 1 and count the changes. */
  long version();
}
