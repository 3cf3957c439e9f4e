package dev.carillon.stream;

import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestDelta;
import dev.carillon.link.InterestNews;
import dev.carillon.link.InterestWhole;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes what this one wants, and knows what each of them may rely on. A node relies
 * on what it was told for a lease, which begins when it asked; after that it sends everything. So a
 * change is known to all as soon as everybody has acknowledged it or has no lease any more, and a
 * node that stands still holds up nobody for longer than one lease.
 *
 * <p>News and asks may be lost, repeated and late: the next ask makes it good. {@code now} is any
 * clock that does not go backward, in milliseconds.
 */
public final class InterestSender {

  private static final class Lease {
    /** The last ask; an earlier one that comes late tells nothing. */
    long number;

    /** What the other one said that it knows. */
    long known;

    /** What it was told last. */
    long told;

    /** It relies on no version before this one. */
    long floor;

    /** When it ceases to rely on anything. */
    long endsAt = Long.MIN_VALUE;
  }

  private final long leaseMillis;
  private final InterestMap map = new InterestMap();
  private final Map<Incarnation, Lease> leases = new HashMap<>();
  private Incarnation self;

  /**
   * @param leaseMillis what {@link InterestReceiver} has; it is given a tenth more here, because
   *     clocks do not run the same
   */
  public InterestSender(Incarnation self, long leaseMillis) {
    this.self = self;
    this.leaseMillis = leaseMillis + leaseMillis / 10 + 1;
  }

  /** This node is another incarnation from now on: what was known of the one before is over. */
  public void renew(Incarnation incarnation) {
    self = incarnation;
    leases.clear();
  }

  public InterestMap map() {
    return map;
  }

  /** An ask came; the answer to send, null when there is nothing to say. */
  public @Nullable InterestNews asked(InterestAsk ask, long now) {
    Lease lease = leases.computeIfAbsent(ask.from(), fresh -> new Lease());
    if (ask.number() <= lease.number) {
      return null;
    }
    boolean renews = ask.at() != 0;
    long known = ask.known() > map.version() ? 0 : ask.known();
    if (known > 0) {
      lease.floor = known;
    } else if (lease.number == 0 || lease.known > 0) {
      // It has forgotten everything, and what it may rely on next is what it is told from now on.
      lease.floor = map.version();
    }
    lease.number = ask.number();
    lease.known = known;
    lease.told = known;
    if (renews) {
      lease.endsAt = now + leaseMillis;
    }
    return renews || known < map.version() ? tell(lease, ask.at()) : null;
  }

  /** What is new for this node since it was told last; null while it has not answered to that. */
  public @Nullable InterestNews news(Incarnation to) {
    Lease lease = leases.get(to);
    if (lease == null || lease.known == 0 || lease.told != lease.known) {
      return null;
    }
    return lease.known == map.version() ? null : tell(lease, 0);
  }

  /** Whether this node has said that it knows the interest of this one. */
  public boolean isKnownTo(Incarnation node) {
    Lease lease = leases.get(node);
    return lease != null && lease.known > 0;
  }

  /** All that rely on anything rely on this version or a later one. */
  public long floor(long now) {
    long floor = map.version();
    for (Lease lease : leases.values()) {
      if (lease.endsAt > now) {
        floor = Math.min(floor, lease.floor);
      }
    }
    return floor;
  }

  /** The version up to which the floor must rise until nobody overlooks this slot. */
  public long settledAt(int slot, long now) {
    long floor = floor(now);
    return map.changedAfter(floor, slot);
  }

  /** Forgets all other nodes, as soon as they rely on nothing. */
  public void retain(Collection<Incarnation> nodes, long now) {
    leases
        .entrySet()
        .removeIf(each -> each.getValue().endsAt <= now && !nodes.contains(each.getKey()));
  }

  private InterestNews tell(Lease lease, long at) {
    lease.told = map.version();
    if (!map.remembers(lease.known)) {
      return new InterestWhole(self, lease.number, at, map.version(), map.bitmap());
    }
    InterestMap.Difference difference = map.since(lease.known);
    return new InterestDelta(
        self, lease.number, at, lease.known, map.version(), difference.set(), difference.cleared());
  }
}
