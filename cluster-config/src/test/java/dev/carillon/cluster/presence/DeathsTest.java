package dev.carillon.cluster.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.wire.Incarnation;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeathsTest {

  private static final Incarnation NODE = Incarnation.random();
  private static final Incarnation OTHER = Incarnation.random();
  private static final Set<Incarnation> NOBODY = Set.of();

  private final Deaths deaths = new Deaths();

  private static long at(long seconds) {
    // A clock that passes its greatest number meanwhile.
    return Long.MAX_VALUE + TimeUnit.SECONDS.toNanos(seconds - 100);
  }

  private Set<Incarnation> dead(long seconds) {
    return deaths.all(NOBODY, at(seconds));
  }

  @Test
  void whoLeftIsDeadAtOnceAndWhoIsBackIsNot() {
    deaths.left(NODE, at(0));
    assertEquals(Set.of(NODE), dead(0));
    assertEquals(NOBODY, deaths.all(Set.of(NODE), at(0)));

    deaths.found(Set.of(NODE), Set.of(NODE), at(1));

    assertEquals(NOBODY, dead(1));
    assertTrue(deaths.isEmpty());
  }

  @Test
  void aStrangerIsDeadAfterFiveSecondsUnlessItJoins() {
    deaths.found(Set.of(NODE, OTHER), NOBODY, at(0));
    assertEquals(NOBODY, dead(4));

    deaths.found(Set.of(NODE, OTHER), Set.of(OTHER), at(4));

    assertEquals(Set.of(NODE), dead(5));
    deaths.found(NOBODY, NOBODY, at(60));
    assertEquals(NOBODY, dead(120));
  }

  @Test
  void whoLeftLongAgoIsForgottenWhenNothingOfItIsFound() {
    deaths.left(NODE, at(0));
    deaths.left(OTHER, at(60));

    deaths.forget(NOBODY, at(599));
    assertEquals(Set.of(NODE, OTHER), dead(599));
    deaths.forget(Set.of(NODE), at(600));
    assertEquals(Set.of(NODE, OTHER), dead(600));
    deaths.forget(NOBODY, at(600));
    assertEquals(Set.of(OTHER), dead(600));
    assertFalse(deaths.isEmpty());
    deaths.forget(NOBODY, at(660));
    assertTrue(deaths.isEmpty());
  }

  /** No ghost stays for ever, whatever was forgotten: the next routine passes remove it. */
  @Test
  void whoIsFoundAfterItWasForgottenIsAStranger() {
    deaths.left(NODE, at(0));
    deaths.forget(NOBODY, at(600));

    deaths.found(Set.of(NODE), NOBODY, at(660));

    assertEquals(NOBODY, dead(660));
    assertEquals(Set.of(NODE), dead(720));
  }
}
