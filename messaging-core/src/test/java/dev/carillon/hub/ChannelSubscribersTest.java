package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.session.Subscriber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChannelSubscribersTest {

  private final ChannelSubscribers subscribers = new ChannelSubscribers();

  @Test
  void everySubscriberIsCalledOnce() {
    List<Numbered> some = add(9);
    assertEquals(Set.copyOf(some), Set.copyOf(called()));
    assertEquals(9, called().size());
  }

  @Test
  void whoWasRemovedIsNotCalled() {
    List<Numbered> some = add(5);
    assertTrue(subscribers.remove(some.get(1)));
    assertFalse(subscribers.remove(some.get(1)));
    assertFalse(subscribers.remove(new Numbered(7)));
    assertEquals(4, called().size());
    for (Numbered each : some) {
      subscribers.remove(each);
    }
    assertTrue(subscribers.isEmpty());
    assertEquals(List.of(), called());
  }

  @Test
  void whoLeavesDuringACallIsNotCalledAnyMore() {
    List<Numbered> some = add(6);
    List<Subscriber> called = new ArrayList<>();
    subscribers.forEach(
        each -> {
          called.add(each);
          subscribers.remove(some.get(0));
          subscribers.remove(some.get(3));
          subscribers.remove(some.get(5));
        });
    assertEquals(List.of(some.get(0), some.get(1), some.get(2), some.get(4)), called);
    assertEquals(3, called().size());
  }

  @Test
  void whoComesDuringACallIsCalledNextTime() {
    add(4);
    subscribers.forEach(each -> subscribers.add(new Numbered(10)));
    assertEquals(8, called().size());
  }

  @Test
  void anyMixOfComingAndGoingKeepsTheSet() {
    for (long seed = 0; seed < 300; seed++) {
      mix(new Random(seed), seed);
    }
  }

  private static void mix(Random random, long seed) {
    var subscribers = new ChannelSubscribers();
    Set<Numbered> expected = new HashSet<>();
    List<Numbered> all = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      change(random, subscribers, expected, all);
      if (random.nextInt(4) == 0) {
        subscribers.forEach(each -> change(random, subscribers, expected, all));
      }
      Set<Integer> seen = new TreeSet<>();
      subscribers.forEach(each -> seen.add(((Numbered) each).number));
      Set<Integer> numbers = new TreeSet<>();
      expected.forEach(each -> numbers.add(each.number));
      assertEquals(numbers, seen, "seed " + seed + " step " + step);
      assertEquals(expected.isEmpty(), subscribers.isEmpty());
    }
  }

  private static void change(
      Random random, ChannelSubscribers subscribers, Set<Numbered> expected, List<Numbered> all) {
    if (all.isEmpty() || random.nextInt(5) < 3) {
      var fresh = new Numbered(all.size());
      all.add(fresh);
      subscribers.add(fresh);
      expected.add(fresh);
    } else {
      Numbered one = all.get(random.nextInt(all.size()));
      assertEquals(expected.remove(one), subscribers.remove(one));
    }
  }

  private List<Numbered> add(int count) {
    List<Numbered> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(new Numbered(i));
      subscribers.add(added.get(i));
    }
    return added;
  }

  private List<Subscriber> called() {
    List<Subscriber> called = new ArrayList<>();
    subscribers.forEach(called::add);
    return called;
  }

  private static final class Numbered implements Subscriber {
    final int number;
    private int slot = -1;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    public String channel() {
      return "c";
    }

    @Override
    public void event(ChannelEvent event) {}

    @Override
    public void late(Publication publication) {}

    @Override
    public void insufficient() {}

    @Override
    public int slot() {
      return slot;
    }

    @Override
    public void slot(int slot) {
      this.slot = slot;
    }
  }
}
