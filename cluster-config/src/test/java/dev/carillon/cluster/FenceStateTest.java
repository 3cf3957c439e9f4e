package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.Fence.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FenceStateTest {

  private static final long LIMIT = 4_000;

  // A clock that passes the point where nanoTime overflows.
  private long now = Long.MAX_VALUE - 5_000;

  private final Fence fence = new Fence(Duration.ofNanos(LIMIT), () -> now);

  @Test
  void isOpenWhileNobodyLooksForPauses() {
    now += 10 * LIMIT;

    assertFalse(fence.isClosed());
  }

  @Test
  void closesInTheMomentAfterAPauseBeforeAnybodyHasLooked() {
    fence.looked(now, 0);
    now += LIMIT;
    assertFalse(fence.isClosed());
    now++;
    assertTrue(fence.isClosed());
  }

  @Test
  void staysClosedAfterAPauseUntilTheOthersWereAsked() {
    fence.looked(now, 0);
    now += LIMIT + 1;
    assertEquals(LIMIT + 1, fence.looked(now, 0));
    now += 100;
    assertEquals(0, fence.looked(now, 0), "it is told once");
    assertTrue(fence.isClosed());

    fence.confirmed(now);

    assertFalse(fence.isClosed());
  }

  @Test
  void anAnswerFromBeforeThePauseProvesNothing() {
    fence.looked(now, 0);
    long asked = now;
    now += LIMIT + 1;
    fence.looked(now, 0);

    fence.confirmed(asked);

    assertTrue(fence.isClosed());
  }

  @Test
  void anEventLoopThatStandsStillIsAPauseForAsLongAsItLasts() {
    fence.looked(now, 0);
    for (int i = 1; i <= 10; i++) {
      now += LIMIT / 2;
      fence.looked(now, i * LIMIT / 2);
    }
    fence.confirmed(now - 1);
    assertTrue(fence.isClosed());

    now += 100;
    fence.looked(now, 0);
    fence.confirmed(now);

    assertFalse(fence.isClosed());
  }

  @Test
  void opensWhenTheLastReasonIsGone() {
    fence.set(Reason.MINORITY, true);
    fence.set(Reason.RETURNING, true);
    fence.set(Reason.MINORITY, false);
    assertTrue(fence.isClosed());
    assertTrue(fence.words().contains("new incarnation"), fence.words());

    fence.set(Reason.RETURNING, false);

    assertFalse(fence.isClosed());
    assertEquals("open", fence.words());
  }
}
