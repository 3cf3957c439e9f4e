package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One channel on one node, in a world where everything goes wrong: publications are dropped,
 * doubled, delayed and reordered, reads fail and answer late, streams are lost, and copies that are
 * behind become owners. Time is a number. One seed is one life of the world.
 */
final class PositionWorld implements World {

  private static final int FAULTY_UNTIL = 2_000;
  private static final int END = 20_000;
  private static final int COMPARE_EVERY = 1_000;

  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime();
  private final Retention retention;
  private final ChannelPosition position;
  private final CheckedSubscriber subscriber = new CheckedSubscriber();

  // How bad this world is, in percent and milliseconds.
  private final int drop;
  private final int twice;
  private final int failing;
  private final int delay;

  private ChannelStream stream = new ChannelStream("e0", 0);
  private int epochs;
  private int publications;
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

  @Override
  public void run() {
    int before = random.nextInt(10);
    for (int i = 0; i < before; i++) {
      append();
    }
    time.at(0, () -> perform(position.start()));
    int publishes = 5 + random.nextInt(30);
    for (int i = 0; i < publishes; i++) {
      time.at(random.nextInt(FAULTY_UNTIL), this::publish);
    }
    if (random.nextInt(4) == 0) {
      time.at(random.nextInt(FAULTY_UNTIL), this::loseStream);
    }
    if (random.nextInt(4) == 0) {
      time.at(random.nextInt(FAULTY_UNTIL), this::regress);
    }
    for (int at = random.nextInt(COMPARE_EVERY); at < END; at += COMPARE_EVERY) {
      time.at(at, this::compare);
    }
    time.run(this::tickLater);
    check(position.delivered().equals(stream.position()), "not at the top " + stream.position());
    check(
        subscriber.isRestarted() || subscriber.position().equals(position.delivered()),
        "delivered only up to " + subscriber.position());
  }

  @Override
  public int lost() {
    return lost;
  }

  @Override
  public int told() {
    return subscriber.told();
  }

  private Publication append() {
    NewPublication publication = NewPublication.of(Bytes.utf8("p" + publications++));
    return stream.append(publication, IdempotencyKey.NONE, retention, time.now()).publication();
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
      time.later(random.nextInt(late), () -> perform(position.arrived(publication, time.now())));
    }
  }

  private void loseStream() {
    stream = new ChannelStream("e" + ++epochs, time.now());
    regressed = false;
  }

  /** An owner died, and a copy that missed the last publications took over. */
  private void regress() {
    StreamPosition top = stream.position();
    long kept = Math.max(0, top.offset() - 1 - random.nextInt(3));
    stream =
        ChannelStream.restore(
            new StreamPosition(kept, top.epoch()),
            time.now(),
            stream.keepMillis(),
            stream.publications().stream().filter(each -> each.offset() <= kept).toList(),
            List.of());
    regressed = kept < top.offset();
    compare();
  }

  private void compare() {
    StreamPosition observed = position.observed();
    time.later(
        random.nextInt(delay),
        () -> {
          StreamPosition top = stream.position();
          time.later(random.nextInt(delay), () -> answerTop(top, observed));
        });
  }

  private void answerTop(StreamPosition top, StreamPosition observed) {
    boolean readFails = time.now() < FAULTY_UNTIL && happens(failing);
    if (!readFails) {
      position.compare(top, observed, time.now());
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
    boolean fails = time.now() < FAULTY_UNTIL && happens(failing);
    time.later(
        random.nextInt(delay),
        fails ? () -> time.later(random.nextInt(delay), this::fail) : question);
  }

  private void fail() {
    perform(position.failed(time.now()));
  }

  private void read(@Nullable StreamPosition since) {
    HistoryQuery query =
        since == null ? HistoryQuery.POSITION : HistoryQuery.since(since, 1 + random.nextInt(20));
    History history = stream.read(query, 1L << 40, time.now());
    time.later(random.nextInt(delay), () -> filled(history));
  }

  private void filled(History history) {
    boolean first = position.observed().epoch().isEmpty();
    if (first) {
      subscriber.begin(history.top());
    }
    perform(position.filled(history, time.now()));
  }

  private void ensure(StreamPosition observed) {
    stream = stream.ensure(observed, "e" + (epochs + 1), time.now());
    epochs++;
    regressed = false;
    StreamPosition top = stream.position();
    time.later(random.nextInt(delay), () -> perform(position.ensured(top, time.now())));
  }

  private void tickLater() {
    long due = position.due();
    if (due != Long.MAX_VALUE && due != tickAt) {
      tickAt = due;
      time.at(due, this::tick);
    }
  }

  private void tick() {
    perform(position.tick(time.now()));
  }

  private boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}
