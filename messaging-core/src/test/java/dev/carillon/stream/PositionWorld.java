package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One channel on one node, in a world where everything goes wrong: publications are dropped,
 * doubled, delayed and reordered, reads fail and answer late, streams are lost, and copies that are
 * behind become owners. Time is a number. One seed is one life of the world.
 */
final class PositionWorld {

  private static final int FAULTY_UNTIL = 2_000;
  private static final int END = 20_000;
  private static final int COMPARE_EVERY = 1_000;
  private static final int MAX_STEPS = 10_000;

  private record Event(long time, long order, Runnable run) {}

  private final SplittableRandom random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.time() != b.time()
                  ? Long.compare(a.time(), b.time())
                  : Long.compare(a.order(), b.order()));
  private final Retention retention;
  private final ChannelPosition position;
  private final Subscriber subscriber = new Subscriber();

  // How bad this world is, in percent and milliseconds.
  private final int drop;
  private final int twice;
  private final int failing;
  private final int delay;

  private ChannelStream stream = new ChannelStream("e0", 0);
  private int epochs;
  private long now;
  private long order;
  private long tickAt;
  private boolean regressed;
  private int lost;

  PositionWorld(long seed) {
    random = new SplittableRandom(seed);
    drop = random.nextInt(3) == 0 ? 0 : random.nextInt(60);
    twice = random.nextInt(30);
    failing = random.nextInt(2) == 0 ? 0 : random.nextInt(50);
    delay = 1 + random.nextInt(120);
    retention = new Retention(2 + random.nextInt(30), 1 << 20, 1L << 40, 1L << 40, 1L << 40);
    PositionLimits limits =
        new PositionLimits(1 + random.nextInt(10), 1 << 20, 50, 200, 500 + random.nextInt(3_000));
    position = new ChannelPosition(limits);
  }

  /** Lives through the faults and the calm after them, and checks what the subscriber saw. */
  void run() {
    int before = random.nextInt(10);
    for (int i = 0; i < before; i++) {
      append();
    }
    at(0, () -> perform(position.start()));
    int publishes = 5 + random.nextInt(30);
    for (int i = 0; i < publishes; i++) {
      at(random.nextInt(FAULTY_UNTIL), this::publish);
    }
    if (random.nextInt(4) == 0) {
      at(random.nextInt(FAULTY_UNTIL), this::loseStream);
    }
    if (random.nextInt(4) == 0) {
      at(random.nextInt(FAULTY_UNTIL), this::regress);
    }
    for (int time = random.nextInt(COMPARE_EVERY); time < END; time += COMPARE_EVERY) {
      at(time, this::compare);
    }
    int steps = 0;
    while (!events.isEmpty()) {
      check(++steps < MAX_STEPS, "no end in sight at " + now);
      Event event = events.remove();
      now = event.time();
      event.run().run();
      tickLater();
    }
    check(position.delivered().equals(stream.position()), "not at the top " + stream.position());
    check(
        subscriber.restarted || subscriber.position.equals(position.delivered()),
        "delivered only up to " + subscriber.position);
  }

  /** Publications that no link brought. */
  int lost() {
    return lost;
  }

  /** How often the subscriber was told that publications are lost for it. */
  int insufficients() {
    return subscriber.told;
  }

  private Publication append() {
    NewPublication publication = NewPublication.of(Bytes.utf8("p" + order++));
    return stream.append(publication, IdempotencyKey.NONE, retention, now).publication();
  }

  private void publish() {
    if (regressed) {
      // Offsets of lost publications that are still on their way must not be given out again. In
      // the cluster the check after the loss of a member comes first.
      return;
    }
    Publication publication = append();
    int copies = happens(drop) ? 0 : happens(twice) ? 2 : 1;
    lost += copies == 0 ? 1 : 0;
    for (int i = 0; i < copies; i++) {
      int late = happens(3) ? 1_500 : delay;
      later(random.nextInt(late), () -> perform(position.arrived(publication, now)));
    }
  }

  private void loseStream() {
    stream = new ChannelStream("e" + ++epochs, now);
    regressed = false;
  }

  /** An owner died, and a copy that missed the last publications took over. */
  private void regress() {
    StreamPosition top = stream.position();
    long kept = Math.max(0, top.offset() - 1 - random.nextInt(3));
    stream =
        ChannelStream.restore(
            new StreamPosition(kept, top.epoch()),
            now,
            stream.keepMillis(),
            stream.publications().stream().filter(each -> each.offset() <= kept).toList(),
            List.of());
    regressed = kept < top.offset();
    compare();
  }

  private void compare() {
    StreamPosition observed = position.observed();
    later(
        random.nextInt(delay),
        () -> {
          StreamPosition top = stream.position();
          later(random.nextInt(delay), () -> answerTop(top, observed));
        });
  }

  private void answerTop(StreamPosition top, StreamPosition observed) {
    boolean readFails = now < FAULTY_UNTIL && happens(failing);
    if (!readFails) {
      position.compare(top, observed, now);
    }
  }

  private void perform(List<PositionEffect> effects) {
    for (PositionEffect effect : effects) {
      if (effect instanceof PositionEffect.Deliver deliver) {
        deliver.publications().forEach(subscriber::deliver);
      } else if (effect instanceof PositionEffect.Read read) {
        ask(() -> read(read.since()));
      } else if (effect instanceof PositionEffect.Ensure ensure) {
        ask(() -> ensure(ensure.observed()));
      } else {
        subscriber.insufficient();
      }
    }
  }

  /** The question is answered from the stream as it is in between, or not at all. */
  private void ask(Runnable question) {
    boolean fails = now < FAULTY_UNTIL && happens(failing);
    later(random.nextInt(delay), fails ? () -> later(random.nextInt(delay), this::fail) : question);
  }

  private void fail() {
    perform(position.failed(now));
  }

  private void read(@Nullable StreamPosition since) {
    HistoryQuery query =
        since == null ? HistoryQuery.POSITION : HistoryQuery.since(since, 1 + random.nextInt(20));
    History history = stream.read(query, 1L << 40, now);
    later(random.nextInt(delay), () -> filled(history));
  }

  private void filled(History history) {
    boolean first = position.observed().epoch().isEmpty();
    if (first) {
      subscriber.begin(history.top());
    }
    perform(position.filled(history, now));
  }

  private void ensure(StreamPosition observed) {
    stream = stream.ensure(observed, "e" + (epochs + 1), now);
    epochs++;
    regressed = false;
    StreamPosition top = stream.position();
    later(random.nextInt(delay), () -> perform(position.ensured(top, now)));
  }

  private void tickLater() {
    long due = position.due();
    if (due != Long.MAX_VALUE && due != tickAt) {
      tickAt = due;
      at(Math.max(due, now), this::tick);
    }
  }

  private void tick() {
    perform(position.tick(now));
  }

  private boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  private void later(long millis, Runnable run) {
    at(now + millis, run);
  }

  private void at(long time, Runnable run) {
    events.add(new Event(time, order++, run));
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  /** What a subscriber must see: a contiguous run in one epoch, until it is told otherwise. */
  private final class Subscriber {
    private StreamPosition position = StreamPosition.NONE;
    private boolean restarted = true;
    private int told;

    void begin(StreamPosition top) {
      position = top;
      restarted = false;
    }

    void deliver(Publication publication) {
      boolean next =
          publication.epoch().equals(position.epoch())
              && publication.offset() == position.offset() + 1;
      check(restarted || next, publication.position() + " after " + position);
      restarted = false;
      position = publication.position();
    }

    void insufficient() {
      told++;
      restarted = true;
    }
  }
}
