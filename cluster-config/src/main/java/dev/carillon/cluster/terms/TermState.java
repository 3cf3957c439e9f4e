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
    var kept = grows ? memory.unsure() : memory;
    return newer || grows ? new TermState(next.number(), seen, term, kept, merging) : null;
  }

  /** Begins the term that it has promised last. */
  @Nullable TermState begin(Term next, Set<Incarnation> present) {
    return next.number() == promised && next.members().equals(present)
        ? new TermState(promised, seen, next, memory.unsure(), merging)
        : null;
  }

  /** Takes what an owner stored in the term of this number, unless a later one is on its way. */
  @Nullable TermState see(long number) {
    if (number < promised || number < seen) {
      return null;
    }
    return number == seen ? this : new TermState(promised, number, term, memory, merging);
  }

  /**
   * All copies were made in this term: now it holds what was acknowledged.
   *
   * @param holders the members that have copies, or may be given some, now
   * @param changes of the members that it had been told of before anybody looked for the copies
   */
  TermState remember(Term whole, Set<Incarnation> present, Set<Incarnation> holders, int changes) {
    if (term == null || !term.equals(whole) || !serves(present)) {
      return this;
    }
    boolean same = changes == memory.changes() && whole.members().equals(holders);
    return with(memory.whole(same ? holders.size() : 0));
  }

  /** It was told of a change: so many nodes have copies, or may be given some, now. */
  TermState changed(int nodes) {
    return with(memory.changed(nodes));
  }

  /** It may not have been told of all changes yet. */
  TermState unsure() {
    return with(memory.unsure());
  }

  /** Goes over to others, to whom it gives what it has; or is done with that. */
  TermState merging(boolean now) {
    return new TermState(promised, seen, term, now ? memory.given() : memory, now);
  }

  private TermState with(Memory now) {
    return new TermState(promised, seen, term, now, merging);
  }
}
