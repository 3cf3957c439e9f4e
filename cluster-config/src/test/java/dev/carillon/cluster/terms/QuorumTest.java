package dev.carillon.cluster.terms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.terms.Quorum.Verdict;
import dev.carillon.cluster.terms.Standing.Course;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may serve in which term, where the last one has number 9. */
class QuorumTest {

  private static final Standing OF_ANOTHER_TERM = standing(7, 7, Memory.NONE);

  private static Standing standing(long term, long seen, Memory memory) {
    return new Standing(true, 9, seen, term, memory, Course.ENDED);
  }

  private static Standing kept(int among) {
    return standing(9, 9, new Memory(true, among, 0));
  }

  private static Standing gaveUp() {
    return standing(9, 9, Memory.NONE);
  }

  private static boolean mayServe(int expected, Standing... all) {
    return new Quorum(expected).mayServe(List.of(all));
  }

  @Test
  void oneOfTheLastTwoOfThreeHasEverything() {
    assertTrue(mayServe(3, kept(2), gaveUp()));
  }

  @Test
  void oneOfThreeMayLackWhatTheThirdHas() {
    assertFalse(mayServe(3, kept(3), gaveUp()));
  }

  @Test
  void whoDoesNotKnowThatAllCopiesWereMadeMayLackSome() {
    assertFalse(mayServe(3, kept(0), gaveUp()));
    assertFalse(mayServe(3, gaveUp(), gaveUp()));
  }

  @Test
  void whoWasStartedSinceKnowsOfNoLaterTerm() {
    assertFalse(mayServe(3, kept(2), TermState.FRESH.standing(true, Set.of())));
    assertFalse(mayServe(3, kept(2), OF_ANOTHER_TERM));
  }

  @Test
  void whoTookAnythingInALaterTermHasWhatTheOthersLack() {
    assertFalse(mayServe(3, kept(2), standing(9, 10, Memory.NONE)));
    assertFalse(mayServe(3, kept(2), standing(10, 9, Memory.NONE)));
  }

  @Test
  void twoOfTheLastFourOfFiveHaveEverythingBetweenThem() {
    assertTrue(mayServe(5, kept(4), kept(4), gaveUp(), gaveUp()));
    assertTrue(mayServe(5, kept(4), kept(4), gaveUp()), "a majority of five");
    assertFalse(mayServe(5, kept(4), gaveUp(), gaveUp(), gaveUp()));
    assertFalse(mayServe(5, kept(4), kept(4), OF_ANOTHER_TERM), "two are no majority of five");
  }

  private static final Incarnation LEADER = new Incarnation(0, 1);
  private static final Incarnation OTHER = new Incarnation(0, 2);
  private static final Term OF_BOTH = new Term(9, Set.of(LEADER, OTHER));

  /** What the leader, which is in the term of both, does when the other one stands so. */
  private static Verdict verdict(Course course) {
    var own = new TermState(9, 9, OF_BOTH, new Memory(true, 2, 0), false);
    var other = new Standing(true, 9, 9, 9, new Memory(true, 2, 0), course);
    var standings = Map.of(LEADER, own.standing(true, OF_BOTH.members()), OTHER, other);
    return new Quorum(3).judge(own, standings, 0);
  }

  @Test
  void aTermGoesOnWhileAllMembersAreInIt() {
    assertEquals(new Verdict.Keep(), verdict(Course.COMPLETE));
  }

  @Test
  void whoDidNotHearThatATermHasGrownIsToldAgain() {
    assertEquals(new Verdict.Propose(OF_BOTH), verdict(Course.GROWING));
  }

  @Test
  void whoWaitsForAMemberThatOnlyItKnewNeedsAnotherTerm() {
    assertEquals(new Verdict.Propose(new Term(10, OF_BOTH.members())), verdict(Course.ENDED));
  }
}
