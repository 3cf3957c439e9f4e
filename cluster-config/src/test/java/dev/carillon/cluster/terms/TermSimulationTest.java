package dev.carillon.cluster.terms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a cluster, nobody is shown a stream that lacks what was acknowledged. A
 * failure names its seed: run it again with {@code -Dcarillon.seed=…}.
 */
class TermSimulationTest {

  private static final int WORLDS = Integer.getInteger("carillon.worlds", 20_000);
  private static final int STEPS = 1_500;

  @Test
  void whoServesHasEverythingThatWasAcknowledged() {
    Long fixed = Long.getLong("carillon.seed");
    long first = fixed == null ? new SecureRandom().nextLong() : fixed;
    System.out.println("first seed " + first);
    int worlds = fixed == null ? WORLDS : 1;
    long acknowledged = 0;
    long reunions = 0;
    for (int i = 0; i < worlds; i++) {
      var world = new TermWorld(first + i);
      try {
        world.run(STEPS);
        world.heal();
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("seed " + (first + i) + ": " + broken.getMessage(), broken);
      }
      acknowledged += world.acknowledged();
      reunions += world.reunions();
    }
    System.out.printf("worlds %d, acknowledged %d, reunions %d%n", worlds, acknowledged, reunions);
    if (fixed == null) {
      assertTrue(acknowledged > 2L * worlds, "acknowledged in all worlds: " + acknowledged);
      assertTrue(reunions > worlds / 1_000, "reunions in all worlds: " + reunions);
    }
  }
}
