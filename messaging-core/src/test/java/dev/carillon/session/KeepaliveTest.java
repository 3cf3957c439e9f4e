package dev.carillon.session;

import static dev.carillon.session.Keepalive.Due.CLOSE;
import static dev.carillon.session.Keepalive.Due.NOTHING;
import static dev.carillon.session.Keepalive.Due.PING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeepaliveTest {

  private final Keepalive keepalive = new Keepalive(25_000, 8_000);

  private Keepalive.Due tick(long now) {
    return keepalive.tick(now, false);
  }

  @Test
  void theFirstPingComesBetweenHalfAnIntervalAndAWholeOne() {
    for (double chance : new double[] {0, 0.25, 0.999}) {
      var fresh = new Keepalive(25_000, 8_000);
      fresh.start(1_000, chance);
      long due = 1_000 + 12_500 + (long) (chance * 12_500);
      assertEquals(NOTHING, fresh.tick(due - 1, false));
      assertEquals(PING, fresh.tick(due, false));
    }
  }

  @Test
  void nothingIsDueBeforeTheStart() {
    assertEquals(NOTHING, tick(Long.MAX_VALUE - 1));
  }

  @Test
  void anAnsweredPingIsFollowedByTheNextAfterAnInterval() {
    keepalive.start(0, 0);
    assertEquals(PING, tick(12_500));
    assertEquals(-1, keepalive.roundTrip());
    assertTrue(keepalive.pong(12_540));
    assertEquals(40, keepalive.roundTrip());
    assertEquals(NOTHING, tick(37_499));
    assertEquals(PING, tick(37_500));
  }

  @Test
  void aMissingPongClosesAtTheDeadline() {
    keepalive.start(0, 0);
    tick(12_500);
    assertEquals(NOTHING, tick(20_499));
    assertEquals(CLOSE, tick(20_500));
  }

  @Test
  void onlyOnePongAnswersAPing() {
    keepalive.start(0, 0);
    assertFalse(keepalive.pong(1));
    tick(12_500);
    assertTrue(keepalive.pong(12_501));
    assertFalse(keepalive.pong(12_502));
  }

  @Test
  void aClientThatIsNotReadFromIsNotLate() {
    keepalive.start(0, 0);
    tick(12_500);
    assertEquals(NOTHING, keepalive.tick(20_499, true));
    assertEquals(NOTHING, tick(28_498));
    assertEquals(CLOSE, tick(28_499));
  }

  @Test
  void pongsOfTheTransportCountWhereItHasPingsOfItsOwn() {
    keepalive.start(0, 0);
    tick(12_500);
    keepalive.pongApart(12_510);
    assertEquals(CLOSE, tick(20_500));
    keepalive.setApart(true);
    assertFalse(keepalive.pong(20_500));
    keepalive.pongApart(20_600);
    keepalive.pongApart(20_700);
    assertEquals(8_100, keepalive.roundTrip());
    assertEquals(PING, tick(37_500));
  }
}
