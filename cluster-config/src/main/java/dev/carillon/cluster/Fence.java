package dev.carillon.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Whether this node keeps to itself, and why. While it is closed the node acknowledges nothing and
 * takes no new clients. All threads ask.
 */
final class Fence {

  /** Why a node keeps to itself; the words are for an operator. */
  enum Reason {
    MINORITY("too few core nodes are heard"),
    NO_TERM("the core nodes that it sees may not know all that was acknowledged"),
    PAUSED("it stood still and does not know whether it is still a member"),
    RETURNING("it was taken for dead and comes back under a new incarnation");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final long limit;
  private final LongSupplier nanoTime;
  private final Set<Reason> reasons = ConcurrentHashMap.newKeySet();

  // Written by the thread that looks for pauses.
  private volatile boolean watched;
  private volatile long lookedAt;
  private volatile long pausedAt;

  /**
   * @param pauseLimit a process that stood still for longer may have been removed meanwhile
   * @param nanoTime as {@link System#nanoTime}
   */
  Fence(Duration pauseLimit, LongSupplier nanoTime) {
    this.limit = pauseLimit.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Also when the thread that looks for pauses is late itself: after a pause other threads may run
   * before it.
   */
  boolean isClosed() {
    return !reasons.isEmpty() || watched && nanoTime.getAsLong() - lookedAt > limit;
  }

  boolean has(Reason reason) {
    return reasons.contains(reason);
  }

  /** The reason holds from now on, or no longer. */
  void set(Reason reason, boolean holds) {
    if (holds) {
      reasons.add(reason);
    } else {
      reasons.remove(reason);
    }
  }

  /**
   * To be called again and again by one thread. When that was not done for too long, or something
   * else stood still for too long, the fence closes.
   *
   * @param still how long something that should move has not
   * @return the length of the pause when it is a new one, else 0; all in nanoseconds
   */
  long looked(long now, long still) {
    long pause = watched ? Math.max(still, now - lookedAt) : 0;
    boolean paused = pause > limit;
    boolean news = paused && !has(Reason.PAUSED);
    if (paused) {
      pausedAt = now;
      set(Reason.PAUSED, true);
    }
    lookedAt = now;
    watched = true;
    return news ? pause : 0;
  }

  /** Nobody looks for pauses any more. */
  void unwatched() {
    watched = false;
  }

  /** The others knew this node at that moment: a pause that was over by then counts no more. */
  void confirmed(long askedAt) {
    if (has(Reason.PAUSED) && pausedAt - askedAt < 0) {
      set(Reason.PAUSED, false);
    }
  }

  /** What keeps it closed, for logs and readiness; {@code open} when nothing does. */
  String words() {
    var now = List.copyOf(reasons);
    return now.isEmpty()
        ? "open"
        : now.stream().sorted().map(reason -> reason.words).collect(Collectors.joining(", "));
  }
}
