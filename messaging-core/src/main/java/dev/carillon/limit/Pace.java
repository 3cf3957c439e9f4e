package dev.carillon.limit;

/**
 * So many in a second and no more: a token bucket that holds one second's worth. What is remembered
 * of it is one number, the moment at which it will be full again, in nanoseconds of any monotonic
 * clock.
 *
 * @param nanosEach in which one token comes
 */
record Pace(long nanosEach) {

  private static final long SECOND = 1_000_000_000;

  /**
   * @param tokens in a second, and at once; 0: any number
   */
  static Pace perSecond(int tokens) {
    return new Pace(tokens == 0 ? 0 : SECOND / tokens);
  }

  /** Whether one more may come now. */
  boolean allows(long fullAt, long now) {
    return after(fullAt, now) - now <= SECOND;
  }

  /** When it will be full again if one more comes now. */
  long after(long fullAt, long now) {
    return (isFull(fullAt, now) ? now : fullAt) + nanosEach;
  }

  /** Whether it has been forgotten that anybody ever came. */
  static boolean isFull(long fullAt, long now) {
    return fullAt - now <= 0;
  }
}
