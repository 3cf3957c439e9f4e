package dev.carillon.cluster.terms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may serve after members of the last term, number 9, have lost each other and met again. */
class QuorumTest {

  private static final Standing OF_ANOTHER_TERM = standing(7, 7, Memory.NONE);

  private static Standing standing(long term, long seen, Memory memory) {
    return new Standing(true, 9, seen, term, memory, false);
  }

  private static Standing kept(int spread) {
    return standing(9, 9, new Memory(true, spread));
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
    assertFalse(mayServe(3, kept(2), TermState.FRESH.standing(true)));
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
}
