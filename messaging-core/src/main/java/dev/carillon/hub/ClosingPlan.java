package dev.carillon.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which connection a node closes at which moment when it sends all of its clients to other nodes.
 * The protocol can't tell a client to wait, so each gets a moment of its own, at random within the
 * spread, and they arrive elsewhere one after the other. A node that is well again forgets the
 * plan: who was not told by then stays.
 *
 * <p>Pure, not safe for several threads.
 */
public final class ClosingPlan {

  /** Whom it was told already. */
  private static final long TOLD = Long.MAX_VALUE;

  private final long spread;
  private final RandomGenerator random;
  private final Map<String, Long> moments = new HashMap<>();

  /**
   * @param spread milliseconds within which all are closed; 0: at once
   */
  public ClosingPlan(long spread, RandomGenerator random) {
    this.spread = spread;
    this.random = random;
  }

  /**
   * The connections to be closed now; none is returned twice.
   *
   * @param present all that are open; those that were not there before get their moment now
   * @param now milliseconds that never go backward
   */
  public List<String> due(Collection<String> present, long now) {
    moments.keySet().retainAll(present);
    present.forEach(id -> moments.computeIfAbsent(id, fresh -> now + delay()));
    List<String> due = present.stream().filter(id -> isDue(id, now)).toList();
    due.forEach(id -> moments.put(id, TOLD));
    return due;
  }

  private boolean isDue(String id, long now) {
    long moment = moments.getOrDefault(id, TOLD);
    return moment != TOLD && moment <= now;
  }

  private long delay() {
    return spread == 0 ? 0 : random.nextLong(spread);
  }
}
