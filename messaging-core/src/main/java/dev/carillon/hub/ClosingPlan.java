package dev.carillon.hub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which connection a node closes at which moment when it sends all of its clients to other nodes.
 * The protocol can't tell a client to wait, so each gets a moment of its own, at random within the
 * spread, and they arrive elsewhere one after the other. A node that is well again forgets the
 * plan: who was not told by then stays.
 *
 * <p>Pure, not safe for several threads.
 */
public final class ClosingPlan {

  /** All connections are looked at this often, in milliseconds: there may be 100,000 of them. */
  static final long NEWCOMERS_MILLIS = 1_000;

  private final long spread;
  private final RandomGenerator random;
  private final Queue<Moment> moments =
      new PriorityQueue<>(Comparator.comparingLong(Moment::millis));
  private Set<String> planned = Set.of();
  private long nextLook = Long.MIN_VALUE;

  private record Moment(String id, long millis) {}

  /**
   * @param spread milliseconds within which all are closed; 0: at once
   */
  public ClosingPlan(long spread, RandomGenerator random) {
    this.spread = spread;
    this.random = random;
  }

  /**
   * The connections to be closed now; none is returned twice. Cheap when it is called often.
   *
   * @param present all that are open; those that came since get their moment within a second
   * @param now milliseconds that never go backward
   */
  public List<String> due(Set<String> present, long now) {
    if (now >= nextLook) {
      nextLook = now + NEWCOMERS_MILLIS;
      plan(present, now);
    }
    List<String> due = new ArrayList<>();
    for (Moment next = moments.peek(); isOver(next, now); next = moments.peek()) {
      String id = moments.remove().id();
      if (present.contains(id)) {
        due.add(id);
      }
    }
    return due;
  }

  /** Who is not there any more is forgotten, and not looked for before its moment. */
  private void plan(Set<String> present, long now) {
    Set<String> all = new HashSet<>();
    for (String id : present) {
      all.add(id);
      if (!planned.contains(id)) {
        moments.add(new Moment(id, now + delay()));
      }
    }
    planned = all;
  }

  private static boolean isOver(@Nullable Moment moment, long now) {
    return moment != null && moment.millis() <= now;
  }

  private long delay() {
    return spread == 0 ? 0 : random.nextLong(spread);
  }
}
