package dev.carillon.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a permission ends.
 *
 * @param at monotonic milliseconds; {@link Long#MAX_VALUE} for never
 * @param ttl whole seconds from now, as clients are told; 0 for never
 */
record Expiry(long at, long ttl) {

  static final Expiry NEVER = new Expiry(Long.MAX_VALUE, 0);

  /** Longer makes no sense, and timers of SDKs would overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * @param validFor longer than zero; null for never
   */
  static Expiry of(@Nullable Duration validFor, long now) {
    if (validFor == null) {
      return NEVER;
    }
    Duration capped = validFor.compareTo(LONGEST) > 0 ? LONGEST : validFor;
    return new Expiry(now + capped.toMillis(), Math.max(1, capped.toSeconds()));
  }

  /** Whether a token gives a permission that is over already. */
  static boolean isOver(@Nullable Duration validFor) {
    return validFor != null && (validFor.isZero() || validFor.isNegative());
  }

  /** Whether it ended longer ago than the client is given for refreshing. */
  boolean isPast(long now, Duration grace) {
    return at != Long.MAX_VALUE && now - at >= grace.toMillis();
  }
}
