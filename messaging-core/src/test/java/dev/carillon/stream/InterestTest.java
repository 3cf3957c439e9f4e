package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestDelta;
import dev.carillon.link.InterestNews;
import dev.carillon.link.InterestWhole;
import dev.carillon.link.Slots;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterestTest {

  private static final Incarnation OWN = new Incarnation(1, 1);
  private static final Incarnation PEER = new Incarnation(2, 2);
  private static final long LEASE = 1_000;

  private final InterestSender sender = new InterestSender(OWN, LEASE);
  private final InterestReceiver receiver = new InterestReceiver(PEER, LEASE);
  private long asks;

  private @Nullable InterestNews renew(long now) {
    return sender.asked(receiver.renewal(++asks, now), now);
  }

  private void take(@Nullable InterestNews news, long now) {
    assertNotNull(news);
    if (receiver.take(news)) {
      assertNull(sender.asked(receiver.acknowledgement(++asks), now));
    }
  }

  @Test
  void whoHasNotAskedWantsEverything() {
    assertTrue(receiver.wants(7, 0));
    assertEquals(sender.map().version(), sender.floor(0), "nobody relies on anything");
  }

  @Test
  void theFirstAnswerIsTheWholeAndTheNextOnesAreWhatChanged() {
    sender.map().add(7);
    InterestNews first = renew(1);
    assertInstanceOf(InterestWhole.class, first);
    take(first, 0);
    assertTrue(receiver.wants(7, 0));
    assertFalse(receiver.wants(8, 0));
    sender.map().add(8);
    sender.map().remove(7);
    InterestNews second = sender.news(PEER);
    assertEquals(
        new InterestDelta(OWN, 2, 0, 2, 4, List.of(8), List.of(7)), second, "version 1 is empty");
    assertNull(sender.news(PEER), "one at a time");
    take(second, 0);
    assertTrue(receiver.wants(8, 0));
    assertFalse(receiver.wants(7, 0));
    assertNull(sender.news(PEER), "nothing is new");
  }

  @Test
  void aLeaseThatEndsMeansEverythingIsWanted() {
    take(renew(100), 100);
    assertFalse(receiver.wants(1, 1_099));
    assertTrue(receiver.wants(1, 1_100));
    take(renew(1_200), 1_200);
    assertFalse(receiver.wants(1, 1_300));
  }

  @Test
  void aNewSlotIsSettledWhenEverybodyHasAcknowledgedIt() {
    take(renew(1), 1);
    sender.map().add(5);
    long due = sender.settledAt(5, 0);
    assertTrue(due > sender.floor(0));
    take(sender.news(PEER), 0);
    assertEquals(due, sender.floor(0));
  }

  @Test
  void aNewSlotIsSettledWhenTheLeaseOfWhoStandsStillHasEnded() {
    take(renew(1), 1);
    sender.map().add(5);
    long due = sender.settledAt(5, 0);
    assertTrue(due > sender.floor(LEASE), "the other's clock may run a little slower");
    assertTrue(due <= sender.floor(LEASE + LEASE / 5));
    assertTrue(receiver.wants(5, LEASE + LEASE / 5));
  }

  @Test
  void aSlotThatIsKnownWaitsForNothingElse() {
    sender.map().add(5);
    take(renew(1), 1);
    sender.map().add(6);
    sender.map().add(5);
    assertTrue(sender.settledAt(5, 0) <= sender.floor(0));
    assertTrue(sender.settledAt(6, 0) > sender.floor(0));
  }

  @Test
  void whatIsForgottenIsToldWholeAgain() {
    sender.map().add(5);
    take(renew(1), 1);
    receiver.forget(asks + 1);
    assertTrue(receiver.wants(9, 0));
    InterestNews again = renew(1);
    assertInstanceOf(InterestWhole.class, again);
    take(again, 0);
    assertFalse(receiver.wants(9, 0));
    assertTrue(receiver.wants(5, 0));
  }

  @Test
  void newsFromBeforeTheForgettingAreDropped() {
    InterestNews late = renew(1);
    assertNotNull(late);
    receiver.forget(asks + 1);
    assertFalse(receiver.take(late));
    assertTrue(receiver.wants(9, 0));
  }

  @Test
  void whoIsFarBehindIsToldTheWhole() {
    take(renew(1), 1);
    for (int slot = 0; slot <= InterestMap.REMEMBERED; slot++) {
      sender.map().add(slot);
    }
    InterestNews news = renew(1);
    assertInstanceOf(InterestWhole.class, news);
    take(news, 1);
    assertTrue(receiver.wants(InterestMap.REMEMBERED, 1));
    assertFalse(receiver.wants(InterestMap.REMEMBERED + 1, 1));
  }

  @Test
  void askOfAnImpossibleVersionIsAnsweredWithTheWhole() {
    assertInstanceOf(InterestWhole.class, sender.asked(new InterestAsk(PEER, 1, 99, 5), 0));
  }

  @Test
  void aSlotIsNotGivenUpTwice() {
    assertThrows(IllegalStateException.class, () -> sender.map().remove(1));
  }

  /** Against a count of each slot: bitmap, differences and the last change agree with it. */
  @Property(tries = 300)
  void theMapAgreesWithItsModel(
      @ForAll @Size(max = 60) List<@IntRange(min = -9, max = 9) Integer> steps,
      @ForAll @IntRange(max = 60) int from) {
    InterestMap map = new InterestMap();
    Map<Integer, Integer> model = new TreeMap<>();
    long base = 1;
    Set<Integer> then = Set.of();
    for (int i = 0; i < steps.size(); i++) {
      if (i == from) {
        base = map.version();
        then = Set.copyOf(model.keySet());
      }
      int slot = Math.abs(steps.get(i));
      if (steps.get(i) > 0) {
        map.add(slot);
        model.merge(slot, 1, Integer::sum);
      } else if (model.containsKey(slot)) {
        map.remove(slot);
        model.computeIfPresent(slot, (key, count) -> count == 1 ? null : count - 1);
      }
    }
    assertEquals(model.size(), map.taken());
    InterestMap.Difference difference = map.since(base);
    for (int slot = 0; slot <= 9; slot++) {
      boolean has = model.containsKey(slot);
      byte bits = map.bitmap().array()[slot >>> 3];
      assertEquals(has, (bits >>> (slot & 7) & 1) == 1, "bitmap of " + slot);
      boolean told = difference.set().contains(slot) || difference.cleared().contains(slot);
      assertEquals(told, map.changedAfter(base, slot) > base, "change of " + slot);
      assertTrue(has == then.contains(slot) || from >= steps.size() || told, "told of " + slot);
      assertTrue(!told || difference.set().contains(slot) == has, "state of " + slot);
    }
    assertTrue(Slots.BYTES == map.bitmap().length());
  }
}
