package dev.carillon.cluster.terms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.wire.Incarnation;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long a node knows among how many members all copies are. */
class TermStateTest {

  private static final Set<Incarnation> TWO = Set.of(new Incarnation(0, 1), new Incarnation(0, 2));
  private static final Set<Incarnation> THREE =
      Set.of(new Incarnation(0, 1), new Incarnation(0, 2), new Incarnation(0, 3));
  private static final Term OF_TWO = new Term(5, TWO);

  /** Two members, all copies made. */
  private static TermState whole() {
    return begun(TermState.FRESH, OF_TWO).remember(OF_TWO, TWO, TWO, 0);
  }

  private static TermState begun(TermState before, Term term) {
    return begin(promised(before, term), term);
  }

  private static TermState promised(TermState before, Term term) {
    var state = before.promise(term, term.members());
    assertNotNull(state, "promised");
    return state;
  }

  private static TermState begin(TermState before, Term term) {
    var state = before.begin(term, term.members());
    assertNotNull(state, "begun");
    return state;
  }

  private static void assertMemory(int among, TermState state) {
    assertTrue(state.remembers());
    assertEquals(among, state.memory().among());
  }

  @Test
  void itKnowsSoonAsAllCopiesWereMadeAndWhileNobodyCame() {
    assertMemory(2, whole());
    assertMemory(2, whole().changed(1));
    assertMemory(2, whole().changed(2));
    assertMemory(0, whole().changed(3));
  }

  @Test
  void whoIsAboutToComeMayAlreadyHaveBeenGivenCopies() {
    assertMemory(0, begun(TermState.FRESH, OF_TWO).remember(OF_TWO, TWO, THREE, 0));
  }

  @Test
  void whoCameAndWentWhileOthersLookedMayHaveTakenACopyAlong() {
    var state = begun(TermState.FRESH, OF_TWO).changed(3).changed(2);
    assertMemory(0, state.remember(OF_TWO, TWO, TWO, 0));
    assertMemory(2, state.remember(OF_TWO, TWO, TWO, 2));
  }

  @Test
  void aTermThatGrowsSpreadsAnewWhenItIsPromised() {
    assertMemory(0, promised(whole(), new Term(5, THREE)));
  }

  @Test
  void anotherTermSpreadsAnewWhenItBegins() {
    var next = new Term(6, TWO);
    assertMemory(2, promised(whole(), next));
    assertMemory(0, begun(whole(), next));
  }

  @Test
  void whoIsToldOfAnotherTermThanItsOwnDoesNotRemember() {
    var state = begun(TermState.FRESH, OF_TWO);
    assertEquals(Memory.NONE, state.remember(new Term(4, TWO), TWO, TWO, 0).memory());
    assertEquals(Memory.NONE, state.remember(new Term(5, THREE), THREE, THREE, 0).memory());
  }

  @Test
  void whoGoesOverToOthersKeepsNothing() {
    assertEquals(Memory.NONE, whole().merging(true).memory());
    assertEquals(Memory.NONE, whole().merging(true).merging(false).memory());
    assertEquals(1, whole().changed(2).merging(true).memory().changes(), "but has lived");
    assertEquals(5, whole().merging(true).number(), "but knows in which term it was");
  }
}
