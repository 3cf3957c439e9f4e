package dev.carillon.stream;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChangeFollower.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One node that follows channels by links and by the owners' logs, in a world where links drop,
 * double, delay and reorder, owners move, die and come back with logs that are out of date, copies
 * miss what was appended, and answers come late or never. One seed is one life of the world.
 */
final class ChangeWorld implements World {

  private static final int FAULTY_UNTIL = 2_000;
  private static final int END = 9_000;
  private static final int ASK_EVERY = 1_000;

  /** Within which a lost publication is found while nothing but links fails. */
  private static final int FOUND_WITHIN = 2_000;

  /** How long an event of the grid may take to a member. */
  private static final int EVENT_DELAY = 300;

  private static final int LATE = 1_500;

  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime();
  private final StreamsWorld streams;
  private final ChangeFollower follower;
  private final List<FollowedChannel> channels = new ArrayList<>();
  private final Set<Integer> waiting = new TreeSet<>();

  // How bad this world is, in percent and milliseconds.
  private final boolean onlyLinks;
  private final int drop;
  private final int failing;
  private final int delay;
  private final int moves;
  private final int askEvery;

  private int lost;
  private int told;

  ChangeWorld(long seed) {
    random = new SplittableRandom(seed);
    onlyLinks = random.nextInt(4) == 0;
    drop = random.nextInt(101);
    failing = onlyLinks || random.nextInt(2) == 0 ? 0 : random.nextInt(40);
    delay = 1 + random.nextInt(100);
    // In some worlds owners change all the time, and change back before anybody has asked.
    moves = random.nextInt(3) == 0 ? 60 : 4;
    askEvery = onlyLinks ? ASK_EVERY : ASK_EVERY / (1 + random.nextInt(10));
    int parts = 1 + random.nextInt(3);
    streams = new StreamsWorld(random, time, parts, 1 + random.nextInt(4));
    follower = new ChangeFollower(parts);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      channels.add(new FollowedChannel(i, i % parts));
    }
  }

  @Override
  public void run() {
    for (FollowedChannel channel : channels) {
      time.at(random.nextInt(FAULTY_UNTIL), channel::open);
      plan(random.nextInt(random.nextBoolean() ? 4 : 20), FAULTY_UNTIL, () -> publish(channel));
    }
    if (!onlyLinks) {
      plan(random.nextInt(moves), FAULTY_UNTIL, () -> move(random.nextInt(streams.parts())));
      plan(random.nextInt(2), FAULTY_UNTIL, () -> streams.crash(this::moved));
      plan(random.nextInt(2), FAULTY_UNTIL, this::loseStream);
      plan(random.nextInt(2), FAULTY_UNTIL, this::resync);
    }
    int at = random.nextInt(ASK_EVERY);
    while (at < END) {
      time.at(at, this::ask);
      at += at < FAULTY_UNTIL ? askEvery : ASK_EVERY;
    }
    time.run(() -> {});
    channels.forEach(FollowedChannel::checkEnd);
  }

  @Override
  public int lost() {
    return lost;
  }

  @Override
  public int told() {
    return told;
  }

  private void plan(int times, int until, Runnable run) {
    for (int i = 0; i < times; i++) {
      time.at(random.nextInt(until), run);
    }
  }

  private boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  private int some() {
    return random.nextInt(delay);
  }

  private boolean faulty() {
    return time.now() < FAULTY_UNTIL && happens(failing);
  }

  private void publish(FollowedChannel channel) {
    Publication publication = streams.append(channel.id, channel.part, faulty());
    if (publication == null) {
      return;
    }
    channel.acknowledged(publication);
    boolean dropped = happens(drop);
    int copies = dropped ? 0 : 1 + random.nextInt(2);
    lost += dropped ? 1 : 0;
    for (int i = 0; i < copies; i++) {
      int late = random.nextInt(happens(3) ? LATE : delay);
      time.later(late, () -> channel.arrived(publication));
    }
  }

  private void move(int part) {
    streams.move(part, random.nextInt(EVENT_DELAY), this::moved);
  }

  private void moved(int part) {
    time.later(random.nextInt(EVENT_DELAY), () -> follower.unsettle(part));
  }

  private void loseStream() {
    FollowedChannel channel = channels.get(random.nextInt(channels.size()));
    streams.lose(channel.id, channel.part);
    moved(channel.part);
  }

  private void resync() {
    follower.unsettleAll();
    ask();
  }

  private void ask() {
    // Parts whose comparison had failed.
    Set<Integer> again = Set.copyOf(waiting);
    waiting.clear();
    again.forEach(this::compareAll);
    Map<Integer, Map<Integer, ChangeVersion>> byOwner = new HashMap<>();
    follower
        .question(part -> channels.stream().anyMatch(each -> each.part == part && each.opened))
        .forEach(
            (part, seen) ->
                byOwner
                    .computeIfAbsent(streams.owner(part), fresh -> new HashMap<>())
                    .put(part, seen));
    byOwner.forEach(this::ask);
  }

  private void ask(int member, Map<Integer, ChangeVersion> seen) {
    boolean fails = faulty();
    int there = happens(5) && failing > 0 ? random.nextInt(LATE) : some();
    time.later(
        there,
        () -> {
          List<Changes> answer = streams.changes(member, seen);
          int back = happens(5) && failing > 0 ? random.nextInt(LATE) : some();
          time.later(back, () -> answered(seen.keySet(), fails ? null : answer));
        });
  }

  private void answered(Set<Integer> parts, @Nullable List<Changes> answer) {
    if (answer == null) {
      follower.failed(parts);
      return;
    }
    Findings findings = follower.answered(parts, answer);
    for (StreamChange change : findings.changes()) {
      channels.get(Integer.parseInt(change.channel())).changed(change.top());
    }
    findings.lost().forEach(this::compareAll);
  }

  private void compareAll(int part) {
    for (FollowedChannel channel : channels) {
      if (channel.part == part && channel.opened) {
        compare(channel);
      }
    }
  }

  private void compare(FollowedChannel channel) {
    StreamPosition observed = channel.position.observed();
    boolean fails = faulty();
    time.later(
        some(),
        () -> {
          StreamPosition top = streams.top(channel.id);
          time.later(some(), () -> compared(channel, observed, top, fails));
        });
  }

  private void compared(
      FollowedChannel channel, StreamPosition seen, @Nullable StreamPosition top, boolean fails) {
    if (fails) {
      waiting.add(channel.part);
    } else {
      channel.position.compare(top, seen, time.now());
      channel.arm();
    }
  }

  /** One channel on the node, with a subscriber. */
  private final class FollowedChannel {
    private final int id;
    private final int part;
    private final ChannelPosition position = new ChannelPosition(PositionLimits.DEFAULTS);
    private final CheckedSubscriber subscriber = new CheckedSubscriber();
    private final Map<StreamPosition, Long> acknowledged = new HashMap<>();
    private boolean opened;
    private long armed = -1;

    FollowedChannel(int id, int part) {
      this.id = id;
      this.part = part;
    }

    void open() {
      opened = true;
      perform(position.start());
    }

    void acknowledged(Publication publication) {
      acknowledged.put(publication.position(), time.now());
    }

    void arrived(Publication publication) {
      if (opened) {
        perform(position.arrived(publication, time.now()));
      }
    }

    void changed(StreamPosition top) {
      if (opened) {
        position.changed(top, time.now());
        arm();
      }
    }

    void arm() {
      long due = position.due();
      if (due != Long.MAX_VALUE && due != armed) {
        armed = due;
        time.at(due, () -> perform(position.tick(time.now())));
      }
    }

    private void perform(List<PositionEffect> effects) {
      for (PositionEffect effect : effects) {
        if (effect instanceof PositionEffect.Deliver deliver) {
          deliver.publications().forEach(this::deliver);
        } else if (effect instanceof PositionEffect.Read read) {
          ask(() -> read(read.since()));
        } else if (effect instanceof PositionEffect.Ensure ensure) {
          throw new AssertionError(ensure + ": nothing that was seen is ever lost here");
        } else {
          told++;
          subscriber.insufficient();
        }
      }
      arm();
    }

    private void deliver(Publication publication) {
      subscriber.deliver(publication);
      Long since = acknowledged.get(publication.position());
      if (onlyLinks && since != null && time.now() - since > FOUND_WITHIN) {
        throw new AssertionError(publication.position() + " after " + (time.now() - since));
      }
    }

    private void ask(Runnable question) {
      boolean fails = faulty();
      time.later(some(), fails ? () -> time.later(some(), this::fail) : question);
    }

    private void fail() {
      perform(position.failed(time.now()));
    }

    private void read(@Nullable StreamPosition since) {
      HistoryQuery query =
          since == null ? HistoryQuery.POSITION : HistoryQuery.since(since, 1 + random.nextInt(9));
      History history = streams.read(id, part, query, faulty());
      time.later(some(), () -> answered(history));
    }

    private void answered(@Nullable History history) {
      if (history == null) {
        fail();
        return;
      }
      if (position.observed().epoch().isEmpty()) {
        subscriber.begin(history.top());
      }
      perform(position.filled(history, time.now()));
    }

    void checkEnd() {
      StreamPosition top = streams.top(id);
      boolean there = position.delivered().equals(top);
      boolean seen = subscriber.isRestarted() || subscriber.position().equals(top);
      if (!there || !seen) {
        throw new AssertionError(
            "channel " + id + " at " + subscriber.position() + ", the stream at " + top);
      }
    }
  }
}
