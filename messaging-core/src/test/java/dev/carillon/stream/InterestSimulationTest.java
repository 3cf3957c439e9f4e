package dev.carillon.stream;

import dev.carillon.link.InterestAsk;
import dev.carillon.link.InterestNews;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One node that follows channels, two that publish, and a bus between them that loses, repeats,
 * delays and reorders everything. Whoever followed a channel and was told that all know it must get
 * what is published from then on, whatever the bus does; and when it is well again, nobody sends
 * more than is wanted.
 */
class InterestSimulationTest {

  private static final int SCHEDULES = 5_000;
  private static final int SLOTS = 6;
  private static final long LEASE = 30;
  private static final Incarnation SUBSCRIBER = new Incarnation(1, 1);

  @Test
  void whatWasSettledIsNeverOverlooked() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      new World(seed).run();
    }
  }

  private record UnderWay(long at, Object body, Publisher to) {}

  private static final class Publisher {
    final Incarnation id;
    InterestReceiver interest;
    long skew;

    Publisher(int number) {
      id = new Incarnation(2, number);
      interest = new InterestReceiver(id, LEASE);
    }
  }

  private static final class World {
    private final long seed;
    private final SplittableRandom random;
    private final InterestSender sender = new InterestSender(SUBSCRIBER, LEASE);
    private final List<Publisher> publishers = List.of(new Publisher(1), new Publisher(2));
    private final List<UnderWay> bus = new ArrayList<>();
    private final int[] followed = new int[SLOTS];

    /** Slots that are followed, with the version that has to be known to all. */
    private final Map<Integer, Long> settling = new HashMap<>();

    private long now;
    private long asks;
    private boolean faulty = true;

    World(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      publishers.forEach(each -> each.skew = random.nextInt(1_000));
    }

    void run() {
      for (now = 1; now < 250; now++) {
        faulty = now < 150;
        step();
        publishers.forEach(this::check);
      }
      for (Publisher each : publishers) {
        for (int slot = 0; slot < SLOTS; slot++) {
          boolean wants = each.interest.wants(slot, now + each.skew);
          require(wants == followed[slot] > 0, "in the end: " + slot + " " + wants);
        }
      }
    }

    private void step() {
      if (faulty && random.nextInt(3) == 0) {
        change(random.nextInt(SLOTS));
      }
      for (Publisher each : publishers) {
        boolean stands = faulty && random.nextInt(40) < 10;
        if (now % (LEASE / 3) == 0 && !stands) {
          send(each.interest.renewal(++asks, now + each.skew), each);
        }
        if (faulty && random.nextInt(60) == 0) {
          forget(each);
        }
        InterestNews news = random.nextBoolean() ? sender.news(each.id) : null;
        send(news, each);
      }
      deliver();
    }

    private void change(int slot) {
      if (followed[slot] > 0 && random.nextBoolean()) {
        followed[slot]--;
        sender.map().remove(slot);
        if (followed[slot] == 0) {
          settling.remove(slot);
        }
      } else {
        followed[slot]++;
        sender.map().add(slot);
        settling.merge(slot, sender.settledAt(slot, now), Math::min);
      }
    }

    /** As after a RESYNC, or when the other node was away for a moment. */
    private void forget(Publisher publisher) {
      if (random.nextBoolean()) {
        publisher.interest.forget(asks + 1);
      } else {
        publisher.interest = new InterestReceiver(publisher.id, LEASE);
        publisher.interest.forget(asks + 1);
      }
    }

    private void send(@Nullable Object body, Publisher with) {
      if (body == null || faulty && random.nextInt(5) == 0) {
        return;
      }
      int copies = faulty && random.nextInt(8) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        long delay = faulty ? random.nextInt(random.nextInt(10) == 0 ? 60 : 5) : 1;
        bus.add(new UnderWay(now + delay, body, with));
      }
    }

    private void deliver() {
      List<UnderWay> due = new ArrayList<>(bus.stream().filter(each -> each.at <= now).toList());
      bus.removeAll(due);
      for (UnderWay each : due) {
        if (each.body instanceof InterestAsk ask) {
          send(sender.asked(ask, now), each.to);
        } else if (each.body instanceof InterestNews news && each.to.interest.take(news)) {
          send(each.to.interest.acknowledgement(++asks), each.to);
        }
      }
    }

    private void check(Publisher publisher) {
      long floor = sender.floor(now);
      settling.forEach(
          (slot, version) -> {
            if (version <= floor) {
              require(
                  publisher.interest.wants(slot, now + publisher.skew),
                  "at " + now + " slot " + slot + " is overlooked by " + publisher.id);
            }
          });
    }

    private void require(boolean holds, String message) {
      if (!holds) {
        throw new AssertionError("seed " + seed + ": " + message);
      }
    }
  }
}
