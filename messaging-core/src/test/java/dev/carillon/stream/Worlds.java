package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.function.LongFunction;

/**
 * What became of many worlds. A failure names its seed: {@code -Dcarillon.seed=…} runs that world
 * again and no other, and {@code -Dcarillon.worlds=…} more of them than a build does.
 *
 * @param lived how many there were
 * @param healed how many lost publications on the way to subscribers, who got them all the same
 * @param told in how many subscribers were told of a loss
 */
record Worlds(int lived, int healed, int told) {

  /** Runs so many, unless something else is wanted. */
  static Worlds live(int usual, LongFunction<? extends World> birth) {
    Long fixed = Long.getLong("carillon.seed");
    long first = fixed == null ? new SecureRandom().nextLong() : fixed;
    int count = fixed == null ? Integer.getInteger("carillon.worlds", usual) : 1;
    System.out.println("first seed " + first);
    int healed = 0;
    int told = 0;
    for (int i = 0; i < count; i++) {
      World world = live(first + i, birth);
      healed += world.lost() > 0 && world.told() == 0 ? 1 : 0;
      told += world.told() > 0 ? 1 : 0;
    }
    Worlds worlds = new Worlds(count, healed, told);
    System.out.println(worlds);
    return worlds;
  }

  /** Runs the one of this seed. */
  static World live(long seed, LongFunction<? extends World> birth) {
    World world = birth.apply(seed);
    try {
      world.run();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
    }
    return world;
  }

  /** A simulation proves nothing about what never happens in it: at least one in so many. */
  void assertOften(int oneInHealed, int oneInTold) {
    if (lived > 1) {
      assertTrue(healed > lived / oneInHealed, "losses that were made good: " + this);
      assertTrue(told > lived / oneInTold, "losses that were told: " + this);
    }
  }
}
