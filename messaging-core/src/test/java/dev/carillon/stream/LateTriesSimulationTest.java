package dev.carillon.stream;

import org.junit.jupiter.api.Test;

/** However late and often a publication comes again, it is stored at most once, in every world. */
class LateTriesSimulationTest {

  private static final int WORLDS = 10_000;

  @Test
  void nothingIsStoredTwiceWhenItsKeyIsForgotten() {
    Worlds.live(WORLDS, LateTriesWorld::new).assertOften(50, 4);
  }
}
