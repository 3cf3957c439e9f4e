package dev.carillon.cluster.terms;

import dev.carillon.cluster.terms.Standing.Course;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.Map;

/**
 * Decides whether core nodes that see each other may begin a term (docs/adr/0051). A number of
 * nodes is not enough: a node that was away may hold old copies, and one that has just started
 * none. Pure.
 *
 * @param expected {@code cluster.expected_members}
 */
record Quorum(int expected) {

  /** What the leader does next. */
  sealed interface Verdict {

    /** The term goes on as it is. */
    record Keep() implements Verdict {}

    /** This term is to be promised and begun by all of its members. */
    record Propose(Term term) implements Verdict {}

    /** No term now, and why; for an operator. */
    record Wait(String why) implements Verdict {}
  }

  int majority() {
    return expected / 2 + 1;
  }

  /**
   * @param own what the leader itself knows
   * @param standings of all core nodes that it sees, itself included
   * @param now milliseconds since 1970, below which no number is: of two clusters that began anew
   *     the later one has the higher
   */
  Verdict judge(TermState own, Map<Incarnation, Standing> standings, long now) {
    var present = standings.keySet();
    var all = standings.values();
    if (!all.stream().allMatch(Standing::agrees)) {
      return new Verdict.Wait("the core nodes do not see the same nodes yet");
    }
    if (goesOn(own, standings)) {
      return all.stream().allMatch(each -> each.course() == Course.COMPLETE)
          ? new Verdict.Keep()
          : new Verdict.Propose(new Term(own.number(), present));
    }
    if (all.stream().anyMatch(each -> each.course() == Course.MERGING)) {
      return new Verdict.Wait("a core node is bringing its copies");
    }
    long highest = all.stream().mapToLong(Standing::highest).max().orElse(0);
    return mayServe(all)
        ? new Verdict.Propose(new Term(Math.max(now, highest + 1), present))
        : new Verdict.Wait(refusal(all));
  }

  /**
   * Whether they know what was acknowledged: two majorities that remember have a member in common.
   * All nodes that there can be know what can be known; and where all have just started, nothing
   * was acknowledged yet, or more nodes were lost at once than there are copies.
   *
   * <p>Nor is anything lost when members of the last term meet again, and those who had to give up
   * what they had, to come to the others, had no copy of which these have none.
   */
  boolean mayServe(Collection<Standing> all) {
    long remembering = all.stream().filter(Standing::remembers).count();
    return all.size() >= majority()
        && (remembering >= majority()
            || all.size() >= expected
            || all.stream().allMatch(Standing::isFresh)
            || keptTogether(all));
  }

  /**
   * A later term has acknowledged nothing: that takes a majority, of which one would be among these
   * and know it, for they are a majority and none of them was started after that term. And what was
   * acknowledged in it has copies on a majority of {@link #expected}, all of them among its
   * members: so no more of these can lack any of it than their number exceeds a majority by.
   */
  private boolean keptTogether(Collection<Standing> all) {
    long latest = all.stream().mapToLong(Standing::latest).max().orElse(0);
    var last = all.stream().filter(each -> each.term() == latest && !each.isFresh()).toList();
    int among = last.stream().mapToInt(each -> each.memory().among()).max().orElse(0);
    long kept = last.stream().filter(each -> each.memory().among() == among).count();
    return last.size() >= majority() && among > 0 && kept > among - majority();
  }

  private String refusal(Collection<Standing> all) {
    long remembering = all.stream().filter(Standing::remembers).count();
    var cure = expected - all.size() == 1 ? "start the other one" : "start the others";
    return all.size() < majority()
        ? all.size() + " of " + expected + " core nodes (expected: " + majority() + "): " + cure
        : remembering
            + " of "
            + all.size()
            + " core nodes know what was acknowledged last (expected: "
            + majority()
            + " of them, or all "
            + expected
            + " nodes): "
            + cure;
  }

  /** Its members are all in it still, and who has come since has promised nothing like it. */
  private static boolean goesOn(TermState own, Map<Incarnation, Standing> standings) {
    var term = own.term();
    return term != null
        && own.serves(standings.keySet())
        && standings.entrySet().stream()
            .allMatch(
                each ->
                    term.members().contains(each.getKey())
                        ? isIn(term, each.getValue())
                        : mayCome(term, each.getValue()));
  }

  private static boolean mayCome(Term term, Standing standing) {
    return standing.promised() < term.number() && standing.seen() <= term.number();
  }

  private static boolean isIn(Term term, Standing standing) {
    return standing.term() == term.number() && standing.course().goesOn();
  }
}
