package dev.carillon.limit;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether one more connection may be opened, by limits of the node and of each remote address. May
 * be used from any thread; time is an argument, in nanoseconds of any monotonic clock.
 *
 * <p>A connection counts from {@link #opened} on, not when it is asked for, so that one that
 * vanishes in between takes no place; several that ask at the same moment may go over by one each.
 * Rates are exact.
 */
public final class ConnectionGate {

  /** Whether it may be opened, or which limit says no. */
  public enum Answer {
    OPEN,
    CONNECTION_LIMIT,
    CONNECTION_RATE_LIMIT,
    ADDRESS_CONNECTION_LIMIT,
    ADDRESS_CONNECTION_RATE_LIMIT
  }

  /**
   * What is allowed.
   *
   * @param connections at once; 0: any number
   * @param perSecond new ones in a second, that many also at once; 0: any number
   */
  public record Limits(int connections, int perSecond) {

    boolean isFull(int open) {
      return connections > 0 && open >= connections;
    }
  }

  /**
   * What one address has.
   *
   * @param fullAt see {@link Pace}
   */
  private record Use(int open, long fullAt) {

    /** An idle one says nothing and is forgotten. */
    boolean isIdle(long now) {
      return open == 0 && Pace.isFull(fullAt, now);
    }
  }

  /** Addresses in the table before it is looked for idle ones. */
  private static final int SWEEP_AT_LEAST = 1_024;

  private final Limits node;
  private final Limits address;
  private final Pace nodePace;
  private final Pace addressPace;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong fullAt;

  /** Empty when addresses are not limited. Values are replaced, never changed. */
  private final Map<Source, Use> uses = new ConcurrentHashMap<>();

  private final AtomicInteger sweepAt = new AtomicInteger(SWEEP_AT_LEAST);

  public ConnectionGate(Limits node, Limits address, long now) {
    this.node = node;
    this.address = address;
    this.nodePace = Pace.perSecond(node.perSecond());
    this.addressPace = Pace.perSecond(address.perSecond());
    this.fullAt = new AtomicLong(now);
  }

  /** Whether addresses are of any interest. */
  public boolean countsAddresses() {
    return address.connections() > 0 || address.perSecond() > 0;
  }

  /** Connections that are open now. */
  public int connections() {
    return open.get();
  }

  /**
   * Whether a connection may be opened now.
   *
   * @param source null when it has none, or {@linkplain #countsAddresses none counts}
   */
  public Answer ask(@Nullable Source source, long now) {
    if (node.isFull(open.get())) {
      return Answer.CONNECTION_LIMIT;
    }
    // Addresses first, so that one of them can't use up the rate of the node for all.
    Answer answer = source == null ? Answer.OPEN : askFor(source, now);
    return answer == Answer.OPEN && !keepsPace(now) ? Answer.CONNECTION_RATE_LIMIT : answer;
  }

  private boolean keepsPace(long now) {
    long before = fullAt.get();
    while (nodePace.allows(before, now)) {
      long witness = fullAt.compareAndExchange(before, nodePace.after(before, now));
      if (witness == before) {
        return true;
      }
      before = witness;
    }
    return false;
  }

  private Answer askFor(Source source, long now) {
    if (uses.size() > sweepAt.get()) {
      sweep(now);
    }
    var answer = new AtomicReference<>(Answer.OPEN);
    uses.compute(
        source,
        (key, known) -> {
          Use before = known == null ? new Use(0, now) : known;
          if (address.isFull(before.open())) {
            answer.set(Answer.ADDRESS_CONNECTION_LIMIT);
          } else if (!addressPace.allows(before.fullAt(), now)) {
            answer.set(Answer.ADDRESS_CONNECTION_RATE_LIMIT);
          } else {
            return new Use(before.open(), addressPace.after(before.fullAt(), now));
          }
          return before;
        });
    return Objects.requireNonNull(answer.get());
  }

  /** At twice the size of the last time, so that it costs little however many addresses come. */
  private void sweep(long now) {
    uses.values().removeIf(use -> use.isIdle(now));
    sweepAt.set(Math.max(SWEEP_AT_LEAST, 2 * uses.size()));
  }

  /** A connection from there was opened. To be followed by {@link #closed} once. */
  public void opened(@Nullable Source source, long now) {
    open.incrementAndGet();
    count(source, 1, now);
  }

  public void closed(@Nullable Source source, long now) {
    open.decrementAndGet();
    count(source, -1, now);
  }

  private void count(@Nullable Source source, int change, long now) {
    if (source != null) {
      uses.compute(
          source,
          (key, known) -> {
            Use before = known == null ? new Use(0, now) : known;
            Use after = new Use(before.open() + change, before.fullAt());
            return after.isIdle(now) ? null : after;
          });
    }
  }

  /** Addresses in the table. */
  int addresses() {
    return uses.size();
  }
}
