package dev.carillon.session.simulation;

import java.time.Duration;

/** Until when something is permitted, as far as the client can know. */
final class SeenExpiry {

  private static final long NEVER = Long.MAX_VALUE;

  private final SimulatedWorld world;
  private long earliest = NEVER;
  private long latest = NEVER;

  /** Whether one of several orders was looked at already. */
  private boolean isKnown;

  SeenExpiry(SimulatedWorld world) {
    this.world = world;
  }

  /** A token was accepted at some moment between when it was sent and now. */
  void renewed(long sent, long ttl) {
    earliest = ttl == 0 ? NEVER : sent + 1_000 * ttl;
    latest = ttl == 0 ? NEVER : world.now + 1_000 * ttl;
  }

  /** One of several orders was carried out, of which each would have said so. */
  void perhaps(long sent, long ttl) {
    long before = earliest;
    long after = isKnown ? latest : 0;
    renewed(sent, ttl);
    earliest = Math.min(before, earliest);
    latest = Math.max(after, latest);
    isKnown = true;
  }

  boolean mayBeOver(Duration grace) {
    return earliest != NEVER && world.now >= earliest + grace.toMillis();
  }

  boolean mustBeOver(Duration grace) {
    return latest != NEVER && world.now >= latest + grace.toMillis();
  }
}
