package dev.carillon.chaos.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final List<Fault> FAULTS =
      List.of(Fault.KILL, Fault.ROLLING, Fault.ONE_WAY, Fault.SLOW);

  @Test
  void withoutOverlapNothingFollows() {
    assertEquals(List.of(), new Plan(FAULTS, false, 1).after(Fault.ONE_WAY));
  }

  @Test
  void whatStrikesOneNodeIsFollowedByWhatStrikesAnother() {
    var plan = new Plan(FAULTS, true, 1);
    assertEquals(List.of(Fault.KILL, Fault.ONE_WAY), plan.after(Fault.ONE_WAY));
    assertEquals(List.of(), plan.after(Fault.ROLLING));
    assertEquals(List.of(), plan.after(Fault.SLOW));
  }

  @Test
  void twoProcessesAreNotKilledWithinSeconds() {
    assertEquals(List.of(Fault.ONE_WAY), new Plan(FAULTS, true, 1).after(Fault.KILL));
  }
}
