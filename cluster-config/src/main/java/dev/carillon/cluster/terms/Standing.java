package dev.carillon.cluster.terms;

import dev.carillon.wire.WireException;

/**
 * What a core node answers to the one that leads.
 *
 * @param agrees whether it sees the same core nodes, and does what it was asked for
 * @param promised the highest number that it has promised
 * @param seen the highest number that came with data
 * @param term the number of the term it is in; 0: none
 * @param memory what it has of that which was acknowledged
 * @param course how that term goes on at this node
 */
record Standing(boolean agrees, long promised, long seen, long term, Memory memory, Course course) {

  /** How a term goes on at one node. */
  enum Course {
    /** It has ended, or there was none. */
    ENDED,
    /** As before, and this node is bringing its copies back to the others. */
    MERGING,
    /** All its members are there, and others as well. */
    GROWING,
    /** Those that are there are its members. */
    COMPLETE;

    private static final Course[] ALL = values();

    static Course of(int ordinal) {
      if (ordinal >= ALL.length) {
        throw new WireException("course " + ordinal + " (expected: less than " + ALL.length + ")");
      }
      return ALL[ordinal];
    }

    boolean goesOn() {
      return this == GROWING || this == COMPLETE;
    }
  }

  boolean remembers() {
    return memory.remembers();
  }

  /** The highest number it knows of. */
  long highest() {
    return Math.max(promised, seen);
  }

  /** The highest number of a term in which it may have acknowledged anything. */
  long latest() {
    return Math.max(term, seen);
  }

  /** Whether it has taken part in nothing yet. */
  boolean isFresh() {
    return term == 0 && seen == 0;
  }
}
