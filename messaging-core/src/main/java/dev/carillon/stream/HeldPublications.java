package dev.carillon.stream;

import dev.carillon.channel.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Publications of one channel that came before their turn. A cache of what the stream has anyway:
 * beyond its limits it drops everything.
 */
final class HeldPublications {

  private final PositionLimits limits;
  private final TreeMap<Long, Publication> held = new TreeMap<>();

  /** Whatever came before it was known which is the first. */
  private final List<Publication> early = new ArrayList<>();

  /** Of both. */
  private int bytes;

  HeldPublications(PositionLimits limits) {
    this.limits = limits;
  }

  /** Holds one whose place is known. */
  void hold(Publication publication) {
    if (held.putIfAbsent(publication.offset(), publication) == null) {
      holdsMore(publication);
    }
  }

  /**
   * Holds one whose place is not known.
   *
   * @return whether it could
   */
  boolean holdEarly(Publication publication) {
    early.add(publication);
    return holdsMore(publication);
  }

  /** Those whose place was not known, in the order in which they came. */
  List<Publication> early() {
    return List.copyOf(early);
  }

  /** Adds those that follow this offset without a gap. */
  void follow(long last, List<Publication> run) {
    long next = last + 1;
    while (!held.isEmpty() && held.firstKey() <= next) {
      Publication first = held.pollFirstEntry().getValue();
      bytes -= first.weight();
      if (first.offset() == next) {
        run.add(first);
        next++;
      }
    }
  }

  void drop() {
    held.clear();
    early.clear();
    bytes = 0;
  }

  private boolean holdsMore(Publication publication) {
    bytes += publication.weight();
    if (held.size() + early.size() <= limits.heldPublications() && bytes <= limits.heldBytes()) {
      return true;
    }
    drop();
    return false;
  }
}
