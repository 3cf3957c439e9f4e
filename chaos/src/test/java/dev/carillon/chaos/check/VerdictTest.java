package dev.carillon.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.chaos.history.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A checker that can't object is worth nothing: each test breaks one invariant and no other. */
class VerdictTest extends CheckedHistory {
  @Test
  void aHistoryInWhichAllIsWellHolds() {
    allIsWell();
    var verdict = Verdict.of(history);
    assertTrue(verdict.holds(), verdict::toString);
    assertEquals(2, verdict.counts().get("acked"));
  }

  @Test
  void aHistoryInWhichNothingWasAcknowledgedProvesNothing() {
    assertFalse(Verdict.of(List.of()).holds());
  }

  @Test
  void whatWasAcknowledgedAndNeverSeenIsLost() {
    allIsWell();
    publish("c");
    assertOnlyBroken("acked_lost");
  }

  @Test
  void whatIsReadFromHistoryIsNotLost() {
    allIsWell();
    publish("c");
    add(op("audit", Op.READ).with("c").position("e1", 3));
    assertTrue(Verdict.of(history).holds());
  }

  @Test
  void onePublicationAtTwoPositionsIsDoubled() {
    allIsWell();
    add(came("s", "a", 3));
    assertOnlyBroken("duplicated");
  }

  @Test
  void twoPublicationsAtOnePositionAreDoubled() {
    allIsWell();
    add(op("audit", Op.READ).with("x").position("e1", 2));
    assertOnlyBroken("duplicated");
  }

  @Test
  void aPublicationThatComesTwiceIsOutOfOrder() {
    allIsWell();
    add(came("s", "b", 2));
    assertOnlyBroken("out_of_order");
  }

  @Test
  void aGapThatNobodySpeaksOfIsSilent() {
    allIsWell();
    add(came("s", "d", 4));
    assertOnlyBroken("silent_gaps");
  }

  @Test
  void aGapAcrossACompleteRecoveryIsSilent() {
    allIsWell();
    add(op("s", Op.RECOVER).position("e1", 2).recovered(true));
    add(came("s", "d", 4));
    assertOnlyBroken("silent_gaps");
  }

  @Test
  void aGapOfWhichTheClientIsToldIsHonest() {
    allIsWell();
    add(op("s", Op.RECOVER).position("e2", 7).recovered(false));
    add(came("s", "d", 8).position("e2", 8));
    assertTrue(Verdict.of(history).holds());
  }

  @Test
  void anotherEpochWithoutAWordIsSilent() {
    allIsWell();
    add(came("s", "d", 3).position("e2", 3));
    assertOnlyBroken("silent_gaps");
  }

  @Test
  void whatDoesNotReachASubscriberThatStaysIsUndelivered() {
    allIsWell();
    connect("t");
    publish("c");
    add(came("s", "c", 3));
    now += 30_000;
    add(op("nemesis", Op.QUIET));
    assertOnlyBroken("undelivered");
  }

  @Test
  void duringAFaultDeliveryMayTakeUntilTenSecondsAfterIt() {
    allIsWell();
    add(op("nemesis", Op.FAULT));
    publish("c");
    now += 60_000;
    add(op("nemesis", Op.HEALED));
    now += 9_000;
    add(came("s", "c", 3));
    now += 60_000;
    add(op("nemesis", Op.QUIET));
    assertTrue(Verdict.of(history).holds(), () -> Verdict.of(history).toString());
  }

  @Test
  void aClientThatIsGoneAndStillPresentIsAGhost() {
    allIsWell();
    add(op("s", Op.DISCONNECT).in("").code(1006));
    add(op("audit", Op.PRESENT));
    add(op("audit", Op.PRESENT).with("id-of-s"));
    assertOnlyBroken("presence_wrong");
  }

  @Test
  void aClientThatIsNotSaidToBePresentIsMissing() {
    allIsWell();
    add(op("audit", Op.PRESENT).on("n2"));
    assertOnlyBroken("presence_wrong");
  }

  @Test
  void whatComesToASubscriptionThatHasEndedIsWrong() {
    allIsWell();
    add(op("s", Op.UNSUBSCRIBE).code(2500));
    add(came("s", "c", 3));
    assertOnlyBroken("sessions_wrong");
  }

  @Test
  void twoConnectionsOfOneIdAreWrong() {
    allIsWell();
    add(op("t", Op.CONNECT).in("").with("id-of-s"));
    assertOnlyBroken("sessions_wrong");
  }

  @Test
  void aNodeThatCountsAConnectionTooManyIsWrong() {
    allIsWell();
    add(op("audit", Op.COUNT).position("", 2));
    assertOnlyBroken("registry_wrong");
  }

  @Test
  void aNodeThatIsAloneForFiveSecondsAcknowledgesNothing() {
    allIsWell();
    add(op("nemesis", Op.FAULT).with("partition"));
    now += 4_000;
    publish("c");
    add(came("s", "c", 3));
    now += 2_000;
    add(op("p", Op.NACK).with("d").code(100));
    add(op("p", Op.PUBLISH).with("e").on("n2"));
    add(op("p", Op.ACK).with("e").on("n2"));
    add(came("s", "e", 4));
    assertTrue(Verdict.of(history).holds());
    add(op("nemesis", Op.MENDED).with("partition"));
    publish("f");
    add(came("s", "f", 5));
    add(op("nemesis", Op.HEALED).with("partition"));
    assertTrue(Verdict.of(history).holds());
  }

  @Test
  void anAcknowledgementOfANodeThatIsAloneIsWrong() {
    allIsWell();
    add(op("nemesis", Op.FAULT).with("partition"));
    now += 6_000;
    publish("c");
    add(came("s", "c", 3));
    add(op("nemesis", Op.MENDED).with("partition"));
    add(op("nemesis", Op.HEALED).with("partition"));
    assertOnlyBroken("minority_acked");
  }

  @Test
  void nodesThatAreNotWellThirtySecondsAfterAFaultAreSlow() {
    allIsWell();
    healed("pause", 34_000);
    assertTrue(Verdict.of(history).holds());
    healed("pause", 36_000);
    assertOnlyBroken("slow_to_heal");
  }

  @Test
  void aProcessThatHasToStartMayTakeLonger() {
    allIsWell();
    healed("kill", 60_000);
    assertTrue(Verdict.of(history).holds());
    healed("kill", 70_000);
    assertOnlyBroken("slow_to_heal");
  }

  @Test
  void nodesForWhichTheLabGaveUpWaitingAreSlow() {
    allIsWell();
    add(op("nemesis", Op.FAULT).with("kill"));
    add(op("nemesis", Op.MENDED).with("kill"));
    add(op("nemesis", Op.UNHEALED).with("kill"));
    assertOnlyBroken("slow_to_heal");
  }

  private void healed(String fault, long millis) {
    add(op("nemesis", Op.FAULT).with(fault));
    add(op("nemesis", Op.MENDED).with(fault));
    now += millis;
    add(op("nemesis", Op.HEALED).with(fault));
  }
}
