package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosingPlanTest {

  private static final long SPREAD = 5_000;

  private final ClosingPlan plan = new ClosingPlan(SPREAD, new Random(1));

  private static Set<String> clients(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.toSet());
  }

  @Test
  void everybodyIsClosedOnceWithinTheSpread() {
    var open = clients(10_000);
    var closed = new ArrayList<String>();
    for (long now = 0; now <= SPREAD; now += 100) {
      closed.addAll(plan.due(open, now));
    }

    assertEquals(open, Set.copyOf(closed));
    assertEquals(open.size(), closed.size(), "none twice");
    assertEquals(List.of(), plan.due(open, SPREAD * 10));
  }

  @Test
  void theMomentsAreSpreadEvenly() {
    var open = clients(10_000);
    for (long now = 0; now <= SPREAD; now += 500) {
      int wave = plan.due(open, now).size();
      boolean fair = now == 0 ? wave < 20 : wave > 800 && wave < 1_200;
      assertTrue(fair, wave + " at " + now + " (expected: about 1,000 in each half second)");
    }
  }

  @Test
  void theSameSeedGivesTheSamePlan() {
    var open = clients(4);
    var other = new ClosingPlan(SPREAD, new Random(1));
    for (long now = 0; now <= SPREAD; now += 50) {
      assertEquals(plan.due(open, now), other.due(open, now));
    }
  }

  @Test
  void whoComesLateGetsAMomentOfItsOwn() {
    plan.due(clients(3), 0);
    plan.due(clients(3), SPREAD);
    var open = new HashSet<>(clients(3));
    open.add("late");

    var closed = new ArrayList<String>();
    for (long now = SPREAD; now <= 2 * SPREAD + 1_000; now += 100) {
      closed.addAll(plan.due(open, now));
    }

    assertEquals(List.of("late"), closed);
  }

  @Test
  void allAreLookedAtOnceASecondHoweverOftenItIsAsked() {
    var clients = clients(1_000);
    var looks = new AtomicInteger();
    var open =
        new AbstractSet<String>() {
          @Override
          public Iterator<String> iterator() {
            looks.incrementAndGet();
            return clients.iterator();
          }

          @Override
          public boolean contains(Object id) {
            return clients.contains(id);
          }

          @Override
          public int size() {
            return clients.size();
          }
        };

    var closed = new ArrayList<String>();
    for (long now = 0; now <= SPREAD; now += 10) {
      closed.addAll(plan.due(open, now));
    }

    assertEquals(clients, Set.copyOf(closed));
    assertEquals(1 + SPREAD / ClosingPlan.NEWCOMERS_MILLIS, looks.get());
  }

  @Test
  void whoLeftByItselfIsNotClosed() {
    plan.due(clients(100), 0);

    assertEquals(List.of(), plan.due(Set.of(), SPREAD));
  }

  @Test
  void withoutASpreadAllGoAtOnce() {
    assertEquals(3, new ClosingPlan(0, new Random(1)).due(clients(3), 7).size());
  }
}
