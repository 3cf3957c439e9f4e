package dev.carillon.cluster.terms;

import dev.carillon.cluster.terms.Standing.Course;
import dev.carillon.wire.Incarnation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one core node knows of terms. Immutable and pure: each step answers the next state, or null
 * when it is refused.
 *
 * @param promised it takes part in no term with a smaller number any more
 * @param seen the highest number that came with data
 * @param term the one it is in; it may have ended
 * @param memory what it has of that which was acknowledged
 * @param merging it is bringing its copies to the others
 */
record TermState(long promised, long seen, @Nullable Term term, Memory memory, boolean merging) {

  /** Of a process that has just started. */
  static final TermState FRESH = new TermState(0, 0, null, Memory.NONE, false);

  /** Whether the term it is in goes on: nobody of it has left, and no other one was promised. */
  boolean serves(Set<Incarnation> present) {
    return term != null && term.number() == promised && present.containsAll(term.members());
  }

  /** The number of the term it is in; 0: none. */
  long number() {
    return term == null ? 0 : term.number();
  }

  boolean remembers() {
    return memory.remembers();
  }

  /** The highest number it knows of. */
  long highest() {
    return Math.max(promised, seen);
  }

  /**
   * @param agrees whether it does what it was asked for
   * @param present the core nodes that it sees
   */
  Standing standing(boolean agrees, Set<Incarnation> present) {
    return new Standing(agrees, promised, seen, number(), memory, course(present));
  }

  private Course course(Set<Incarnation> present) {
    if (term == null || !serves(present)) {
      return merging ? Course.MERGING : Course.ENDED;
    }
    return term.members().equals(present) ? Course.COMPLETE : Course.GROWING;
  }

  /**
   * Promises to take part in this term, and in none before. The same number again is only for one
   * that more members are to be added to.
   *
   * @param present the core nodes that this one sees, which have to be the members
   */
  @Nullable TermState promise(Term next, Set<Incarnation> present) {
    if (!next.members().equals(present)) {
      return null;
    }
    boolean newer = next.number() > promised && next.number() >= seen;
    boolean grows =
        next.number() == promised
            && next.number() == number()
            && term != null
            && next.members().containsAll(term.members());
    var kept = grows ? memory.unspread() : memory;
    return newer || grows ? new TermState(next.number(), seen, term, kept, merging) : null;
  }

  /** Begins the term that it has promised last. */
  @Nullable TermState begin(Term next, Set<Incarnation> present) {
    return next.number() == promised && next.members().equals(present)
        ? new TermState(promised, seen, next, memory.unspread(), merging)
        : null;
  }

  /** Takes what an owner stored in the term of this number, unless a later one is on its way. */
  @Nullable TermState see(long number) {
    if (number < promised || number < seen) {
      return null;
    }
    return number == seen ? this : new TermState(promised, number, term, memory, merging);
  }

  /** All copies were made in this term of these members: now it holds what was acknowledged. */
  TermState remember(Term whole, Set<Incarnation> present, Set<Incarnation> holders) {
    if (term == null || !term.equals(whole) || !serves(present)) {
      return this;
    }
    int spread = whole.members().equals(holders) ? holders.size() : 0;
    return new TermState(promised, seen, term, new Memory(true, spread), merging);
  }

  /** So many nodes have copies, or may be given some; with more than before it may give up its. */
  TermState joined(int nodes) {
    return nodes <= memory.spread()
        ? this
        : new TermState(promised, seen, term, memory.unspread(), merging);
  }

  /** Goes over to others, to whom it gives what it has; or is done with that. */
  TermState merging(boolean now) {
    return new TermState(promised, seen, term, now ? Memory.NONE : memory, now);
  }
}
