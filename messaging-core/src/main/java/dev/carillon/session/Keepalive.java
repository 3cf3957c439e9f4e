package dev.carillon.session;

/**
 * When to ping a client, and when its answer is late (docs/PROTOCOL.md, "Ping and pong"). All times
 * are milliseconds of one monotonic clock.
 */
final class Keepalive {

  /** What is due. */
  enum Due {
    NOTHING,
    PING,
    /** The pong did not come in time: the client is gone. */
    CLOSE
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final long interval;
  private final long timeout;
  private long nextPing = NEVER;
  private long pinged;
  private long deadline = NEVER;
  private int roundTrip = -1;

  Keepalive(long interval, long timeout) {
    this.interval = interval;
    this.timeout = timeout;
  }

  /**
   * The first ping comes between half an interval and a whole one from now, so that clients who
   * came together are not pinged together.
   *
   * @param chance from 0 to 1
   */
  void start(long now, double chance) {
    nextPing = now + interval / 2 + (long) (chance * (interval - interval / 2));
  }

  Due tick(long now) {
    if (now >= deadline) {
      return Due.CLOSE;
    }
    if (now < nextPing || deadline != NEVER) {
      return Due.NOTHING;
    }
    pinged = now;
    deadline = now + timeout;
    nextPing = now + interval;
    return Due.PING;
  }

  /** As long as nothing is read from the client, it can't be late. */
  void hold(long now) {
    if (deadline != NEVER) {
      deadline = now + timeout;
    }
  }

  /** Whether the pong answers a ping that was not answered yet. */
  boolean pong(long now) {
    if (deadline == NEVER) {
      return false;
    }
    deadline = NEVER;
    roundTrip = (int) Math.max(0, now - pinged);
    return true;
  }

  /** Milliseconds from the last answered ping to its pong; -1 before the first. */
  int roundTrip() {
    return roundTrip;
  }
}
