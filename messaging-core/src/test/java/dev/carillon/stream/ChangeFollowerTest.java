package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChangeFollower.Findings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules one by one; {@link ChangeSimulationTest} mixes them. */
class ChangeFollowerTest {

  private static final Set<Integer> BOTH = Set.of(0, 1);
  private static final StreamChange CHANGE = new StreamChange("a", new StreamPosition(1, "e"));
  private static final Findings NOTHING = new Findings(List.of(), Set.of());

  private final ChangeFollower follower = new ChangeFollower(2);

  private static ChangeVersion version(long version) {
    return new ChangeVersion(7, version);
  }

  private static Changes changed(int part, long upTo) {
    return new Changes(part, version(upTo), false, List.of(CHANGE));
  }

  private static Changes lost(int part, long upTo) {
    return new Changes(part, version(upTo), true, List.of());
  }

  @BeforeEach
  void knowBothAtFive() {
    assertEquals(
        Map.of(0, ChangeVersion.NONE, 1, ChangeVersion.NONE),
        follower.question(part -> false),
        "what was never asked for is asked for once");
    assertEquals(
        new Findings(List.of(), BOTH), follower.answered(BOTH, List.of(lost(0, 5), lost(1, 5))));
  }

  @Test
  void onlyPartsWithOpenChannelsAreAskedFor() {
    assertEquals(Map.of(), follower.question(part -> false));
    assertEquals(Map.of(1, version(5)), follower.question(part -> part == 1));
  }

  @Test
  void theNextQuestionBeginsWhereTheLastAnswerEnded() {
    follower.question(part -> true);
    assertEquals(
        new Findings(List.of(CHANGE), Set.of()), follower.answered(BOTH, List.of(changed(1, 9))));
    assertEquals(Map.of(0, version(5), 1, version(9)), follower.question(part -> true));
  }

  @Test
  void whoOwesAnAnswerIsNotAskedAgain() {
    follower.question(part -> true);
    assertEquals(Map.of(), follower.question(part -> true));
    follower.failed(Set.of(0));
    assertEquals(Map.of(0, version(5)), follower.question(part -> true));
  }

  @Test
  void aLogThatCannotTellIsFollowedFromNowOn() {
    follower.question(part -> true);
    assertEquals(new Findings(List.of(), Set.of(1)), follower.answered(BOTH, List.of(lost(1, 40))));
    assertEquals(Map.of(0, version(5), 1, version(40)), follower.question(part -> true));
  }

  @Test
  void aPartThatMovedIsAskedForAnewThoughNobodyFollowsIt() {
    follower.unsettle(1);
    assertEquals(Map.of(1, ChangeVersion.NONE), follower.question(part -> false));
  }

  @Test
  void anAnswerToAQuestionFromBeforeTheMoveIsNotBelieved() {
    follower.question(part -> true);
    follower.unsettle(1);
    assertEquals(NOTHING, follower.answered(BOTH, List.of(changed(1, 9))));
    assertEquals(Map.of(0, version(5), 1, ChangeVersion.NONE), follower.question(part -> true));
    assertEquals(new Findings(List.of(), Set.of(1)), follower.answered(BOTH, List.of(lost(1, 9))));
  }

  @Test
  void afterAFailureTheNextAnswerIsBelieved() {
    follower.question(part -> true);
    follower.unsettleAll();
    follower.failed(BOTH);
    follower.question(part -> true);
    assertEquals(
        new Findings(List.of(), BOTH), follower.answered(BOTH, List.of(lost(0, 6), lost(1, 6))));
  }

  @Test
  void whatWasNotAskedForIsLeftOut() {
    follower.question(part -> part == 0);
    assertEquals(NOTHING, follower.answered(Set.of(0), List.of(changed(1, 9))));
  }
}
