package dev.carillon.cluster.presence;

import dev.carillon.wire.Incarnation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes are dead for the sweep of presence. Who was seen to leave is dead at once. Who was
 * found in a channel, and not in the cluster, is a stranger, and dead after 5 s: one that has just
 * joined may be known here a moment later.
 *
 * <p>Who has left is forgotten after 10 minutes, when nothing of it is found any more: nodes come
 * and go for years. Nothing is lost by that, because what is found of it later makes it a stranger.
 *
 * <p>Times are nanoseconds of a clock that only goes forward.
 */
final class Deaths {

  private static final long STRANGER_NANOS = 5_000_000_000L;

  /** Longer than anything that a node has sent can be under way after its death. */
  private static final long FORGET_NANOS = 600_000_000_000L;

  /** When each of them left. */
  private final Map<Incarnation, Long> left = new HashMap<>();

  /** Since when each of them is found. */
  private final Map<Incarnation, Long> strangers = new HashMap<>();

  void left(Incarnation node, long now) {
    left.put(node, now);
  }

  /** Whether nobody is known to have left. */
  boolean isEmpty() {
    return left.isEmpty();
  }

  /** Who is dead, and not among the living. */
  Set<Incarnation> all(Set<Incarnation> live, long now) {
    var all = new HashSet<>(left.keySet());
    strangers.forEach(
        (node, since) -> {
          if (now - since >= STRANGER_NANOS) {
            all.add(node);
          }
        });
    all.removeAll(live);
    return all;
  }

  /**
   * After a pass through the channels.
   *
   * @param found whose clients were there
   */
  void found(Set<Incarnation> found, Set<Incarnation> live, long now) {
    left.keySet().removeAll(live);
    strangers.keySet().removeIf(node -> !found.contains(node) || live.contains(node));
    for (var node : found) {
      if (!live.contains(node)) {
        strangers.putIfAbsent(node, now);
      }
    }
  }

  /**
   * After a pass that missed no channel: forgets who left long ago.
   *
   * @param found whose clients were there, and who therefore are not forgotten
   */
  void forget(Set<Incarnation> found, long now) {
    left.entrySet()
        .removeIf(each -> now - each.getValue() >= FORGET_NANOS && !found.contains(each.getKey()));
  }
}
