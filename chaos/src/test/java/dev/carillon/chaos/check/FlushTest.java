package dev.carillon.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.chaos.history.Op;
import org.junit.jupiter.api.Test;

/** What a flush of Redis destroys is gone by design; that nobody is told of it is not. */
class FlushTest extends CheckedHistory {
  private void flush() {
    add(op("nemesis", Op.FAULT).in("").with("redis-flush").on(""));
    add(op("nemesis", Op.MENDED).in("").with("redis-flush").on(""));
  }

  private void healed() {
    now += 4_000;
    add(op("nemesis", Op.HEALED).in("").with("redis-flush").on(""));
  }

  private void told(String epoch, long offset) {
    add(op("s", Op.UNSUBSCRIBE).code(2500));
    add(op("s", Op.RECOVER).position(epoch, offset).recovered(false));
  }

  private void assertFlushed(long publications) {
    assertEquals(publications, Verdict.of(history).counts().get("flushed"));
  }

  @Test
  void whatAFlushDestroyedBeforeAnybodyGotItIsNotLost() {
    allIsWell();
    publish("c");
    flush();
    told("e2", 0);
    healed();
    assertHolds();
    assertFlushed(1);
  }

  @Test
  void whatWasAcknowledgedBetweenTwoFlushesIsNotLostIfEachWasTold() {
    allIsWell();
    flush();
    publish("c");
    told("e2", 1);
    healed();
    now += 60_000;
    flush();
    told("e3", 0);
    healed();
    assertHolds();
    assertFlushed(1);
  }

  @Test
  void whatWasAcknowledgedAfterTheLastFlushIsLost() {
    allIsWell();
    flush();
    told("e2", 0);
    healed();
    publish("c");
    told("e2", 0);
    assertOnlyBroken("acked_lost");
    assertFlushed(0);
  }

  @Test
  void anotherFaultDestroysNothing() {
    allIsWell();
    publish("c");
    add(op("nemesis", Op.FAULT).in("").with("redis").on(""));
    add(op("nemesis", Op.MENDED).in("").with("redis").on(""));
    told("e2", 0);
    assertOnlyBroken("acked_lost");
  }

  @Test
  void whatASubscriberThatStayedShouldHaveGotLongBeforeTheFlushIsLost() {
    allIsWell();
    publish("c");
    now += 30_000;
    flush();
    told("e2", 0);
    healed();
    assertOnlyBroken("acked_lost", "undelivered");
    assertFlushed(0);
  }

  @Test
  void aSubscriberThatStaysAndIsNotToldOfTheFlushLeavesItsPublicationsLost() {
    allIsWell();
    publish("c");
    flush();
    healed();
    now += 30_000;
    add(op("nemesis", Op.QUIET));
    assertOnlyBroken("acked_lost", "undelivered");
  }

  @Test
  void aCompleteRecoveryAfterAFlushDoesNotTellOfIt() {
    allIsWell();
    add(op("s", Op.DISCONNECT).in("").code(1006));
    publish("c");
    flush();
    add(op("s", Op.CONNECT).in("").with("id-of-s-2"));
    add(op("s", Op.RECOVER).position("e1", 2).recovered(true));
    healed();
    assertOnlyBroken("acked_lost");
    assertFlushed(0);
  }

  @Test
  void aCompleteRecoveryBeforeTheFlushShouldHaveBroughtIt() {
    allIsWell();
    add(op("s", Op.DISCONNECT).in("").code(1006));
    publish("c");
    add(op("s", Op.CONNECT).in("").with("id-of-s-2"));
    add(op("s", Op.RECOVER).position("e1", 2).recovered(true));
    flush();
    told("e2", 0);
    healed();
    assertOnlyBroken("acked_lost");
  }

  @Test
  void whoComesBackAndIsToldHoldsNothingAgainstTheFlush() {
    allIsWell();
    add(op("s", Op.DISCONNECT).in("").code(1006));
    publish("c");
    flush();
    add(op("s", Op.CONNECT).in("").with("id-of-s-2"));
    add(op("s", Op.RECOVER).position("e2", 0).recovered(false));
    healed();
    add(op("s", Op.DISCONNECT).in("").code(1006));
    add(op("s", Op.CONNECT).in("").with("id-of-s-3"));
    add(op("s", Op.RECOVER).position("e2", 0).recovered(true));
    assertHolds();
    assertFlushed(1);
  }
}
