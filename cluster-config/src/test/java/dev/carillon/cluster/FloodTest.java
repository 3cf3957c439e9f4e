package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process that is stopped costs the memory of the others no more than its link may hold. */
class FloodTest {

  /** Two windows and a queue fit, what is published meanwhile does not. */
  private static final List<String> SMALL =
      List.of("-Xmx160m", "-XX:MaxDirectMemorySize=48m", "-XX:+ExitOnOutOfMemoryError");

  @Test
  void aStoppedProcessDoesNotFillTheMemoryOfWhoPublishes() {
    try (var flooding = ChildNode.start(FloodingNode.class, SMALL, "n1", Map.of());
        var stopped = ChildNode.start("n2", Map.of("join", flooding.address()))) {
      stopped.signal("STOP");
      flooding.tell("go");

      TestNodes.eventually(
          "flooded", () -> !flooding.isAlive() || flooding.hasSaid(FloodingNode.DONE));

      assertTrue(flooding.isAlive(), "it ran out of memory");
      stopped.signal("CONT");
    }
  }
}
