package dev.carillon.session;

/**
 * When to ping a client, and when its answer is late (docs/PROTOCOL.md, "Ping and pong"). All times
 * are milliseconds of one monotonic clock.
 */
public final class Keepalive {

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
  private boolean apart;

  Keepalive(long interval, long timeout) {
    this.interval = interval;
    this.timeout = timeout;
  }

  /** Whether the transport has pings of its own for this client, instead of the protocol's. */
  public void setApart(boolean apart) {
    this.apart = apart;
  }

  boolean isApart() {
    return apart;
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

  /**
   * @param unread nothing is read from the client at the moment, so it can't be late
   */
  Due tick(long now, boolean unread) {
    if (unread && deadline != NEVER) {
      deadline = now + timeout;
    }
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

  /** Whether the pong of the protocol answers a ping that was not answered yet. */
  boolean pong(long now) {
    return !apart && answered(now);
  }

  /** A pong of the transport, which may be one that nobody asked for. */
  public void pongApart(long now) {
    if (apart) {
      answered(now);
    }
  }

  private boolean answered(long now) {
    if (deadline == NEVER) {
      return false;
    }
    deadline = NEVER;
    roundTrip = (int) Math.max(0, now - pinged);
    return true;
  }

  /** Milliseconds from the last answered ping to its pong; -1 before the first. */
  public int roundTrip() {
    return roundTrip;
  }
}
