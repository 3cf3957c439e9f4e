package dev.carillon.cluster.terms;

/**
 * What a core node answers to the one that leads.
 *
 * @param agrees whether it sees the same core nodes, and does what it was asked for
 * @param promised the highest number that it has promised
 * @param seen the highest number that came with data
 * @param term the number of the term it is in; 0: none
 * @param memory what it has of that which was acknowledged
 * @param merging whether it is bringing its copies back to the others
 */
record Standing(
    boolean agrees, long promised, long seen, long term, Memory memory, boolean merging) {

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
