package dev.carillon.cluster.terms;

/**
 * What a core node answers to the one that leads.
 *
 * @param agrees whether it sees the same core nodes, and does what it was asked for
 * @param promised the highest number that it has promised
 * @param seen the highest number that came with data
 * @param term the number of the term it is in; 0: none
 * @param remembers whether it holds what was acknowledged while it was in a term
 * @param merging whether it is bringing its copies back to the others
 */
record Standing(
    boolean agrees, long promised, long seen, long term, boolean remembers, boolean merging) {

  /** The highest number it knows of. */
  long highest() {
    return Math.max(promised, seen);
  }

  /** Whether it has taken part in nothing yet. */
  boolean isFresh() {
    return term == 0 && seen == 0;
  }
}
