package dev.carillon.stream;

import org.junit.jupiter.api.Test;

/** Each publication is delivered once and in order, or its loss is said, in every world. */
class PositionSimulationTest {

  private static final int WORLDS = 100_000;

  @Test
  void everythingArrivesOnceAndInOrderOrIsToldAsLost() {
    Worlds.live(WORLDS, PositionWorld::new).assertOften(10, 10);
  }
}
