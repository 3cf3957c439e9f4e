package dev.carillon.stream;

import java.util.PriorityQueue;

/** A clock and what happens when: nothing takes time, and everything has its order. */
final class VirtualTime {

  private static final int MAX_STEPS = 20_000;

  private record Event(long time, long order, Runnable run) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.time() != b.time()
                  ? Long.compare(a.time(), b.time())
                  : Long.compare(a.order(), b.order()));
  private long now;
  private long order;

  /** Milliseconds. */
  long now() {
    return now;
  }

  void at(long time, Runnable run) {
    events.add(new Event(Math.max(time, now), order++, run));
  }

  void later(long millis, Runnable run) {
    at(now + millis, run);
  }

  /** Runs until nothing is left to happen, and something after each event. */
  void run(Runnable after) {
    for (int steps = 0; !events.isEmpty(); steps++) {
      if (steps == MAX_STEPS) {
        throw new AssertionError("no end in sight at " + now);
      }
      Event event = events.remove();
      now = event.time();
      event.run().run();
      after.run();
    }
  }
}
