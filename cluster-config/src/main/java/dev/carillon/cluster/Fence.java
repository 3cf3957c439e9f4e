package dev.carillon.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Whether this node keeps to itself, and why. While it is closed the node acknowledges nothing and
 * takes no new clients. Each reason is set by one thread; all threads ask.
 */
final class Fence {

  /** Why a node keeps to itself; the words are for an operator. */
  enum Reason {
    MINORITY("too few core nodes are heard");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Set<Reason> reasons = ConcurrentHashMap.newKeySet();

  boolean isClosed() {
    return !reasons.isEmpty();
  }

  /** The reason holds from now on, or no longer. */
  void set(Reason reason, boolean holds) {
    if (holds) {
      reasons.add(reason);
    } else {
      reasons.remove(reason);
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
