package dev.carillon.redis;

/**
 * What time Redis said it was, to tell later what time it is there at least.
 *
 * @param era in which it was said; another era may go by the clock of another server
 * @param millis since 1970, by the clock of Redis
 * @param heard when the answer came, in milliseconds of this node that never go backward
 */
record ServerTime(String era, long millis, long heard) {

  /** Before Redis has said anything. */
  static final ServerTime UNKNOWN = new ServerTime("", 0, 0);

  /** Both clocks are steered by at most half a thousandth each, and both were rounded. */
  private static final long DRIFT = 1_000;

  /**
   * The time of Redis, or a moment before: by the age of the answer on its way, a millisecond, and
   * a thousandth of the time since. Redis being asked each second keeps that small.
   *
   * @param now by the clock of {@code heard}
   */
  long atLeast(long now) {
    long since = Math.max(0, now - heard);
    return millis + since - since / DRIFT - 1;
  }
}
