package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/**
 * Each publication is delivered once and in order, or its loss is said, in every world. A failure
 * names its seed: run it again with {@code -DargLine=-Dcarillon.seed=…}.
 */
class PositionSimulationTest {

  private static final int WORLDS = 100_000;

  @Test
  void everythingArrivesOnceAndInOrderOrIsToldAsLost() {
    Long fixed = Long.getLong("carillon.seed");
    long first = fixed == null ? new SecureRandom().nextLong() : fixed;
    int worlds = fixed == null ? WORLDS : 1;
    System.out.println("first seed " + first);
    int healed = 0;
    int told = 0;
    for (int i = 0; i < worlds; i++) {
      PositionWorld world = new PositionWorld(first + i);
      live(world, first + i);
      healed += world.lost() > 0 && world.insufficients() == 0 ? 1 : 0;
      told += world.insufficients() > 0 ? 1 : 0;
    }
    System.out.println("worlds " + worlds + ", healed " + healed + ", told " + told);
    if (fixed == null) {
      assertTrue(healed > worlds / 10, "worlds with losses that were made good: " + healed);
      assertTrue(told > worlds / 10, "worlds with losses that were told: " + told);
    }
  }

  private static void live(PositionWorld world, long seed) {
    try {
      world.run();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
    }
  }
}
