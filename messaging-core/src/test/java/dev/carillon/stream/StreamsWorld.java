package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two or three members that own streams in turn, each with one copy elsewhere and logs of its own.
 * What an owner appended may be missing in the copy, and is lost with the owner then; it was
 * acknowledged to nobody.
 */
final class StreamsWorld {

  private static final int MEMBERS = 3;
  private static final Retention RETENTION =
      new Retention(1_000, 1 << 20, 1L << 40, 1L << 40, 1L << 40);

  private final SplittableRandom random;
  private final VirtualTime time;
  private final int capacity;
  private final int members;
  private final int[] owners;
  private final @Nullable ChangeLog[][] logs;
  private final Map<Integer, ChannelStream> owned = new HashMap<>();
  private final Map<Integer, ChannelStream> copies = new HashMap<>();
  private long ids;
  private int publications;

  StreamsWorld(SplittableRandom random, VirtualTime time, int parts, int capacity) {
    this.random = random;
    this.time = time;
    this.capacity = capacity;
    this.members = 2 + random.nextInt(MEMBERS - 1);
    this.owners = new int[parts];
    this.logs = new ChangeLog[MEMBERS][parts];
  }

  int parts() {
    return owners.length;
  }

  int owner(int part) {
    return owners[part];
  }

  /**
   * Appends on the owner, and on the copy unless that is out of reach.
   *
   * @return null when it can't be acknowledged
   */
  @Nullable Publication append(int channel, int part, boolean copyIsAway) {
    ChannelStream stream = stream(channel, part);
    NewPublication publication = NewPublication.of(Bytes.utf8("p" + publications++));
    Publication stored =
        stream.append(publication, IdempotencyKey.NONE, RETENTION, time.now()).publication();
    record(channel, part);
    if (copyIsAway) {
      return null;
    }
    copies.put(channel, copy(stream));
    return stored;
  }

  /** Reads what the copy holds too; null when that can't be found out. */
  @Nullable History read(int channel, int part, HistoryQuery query, boolean copyIsAway) {
    ChannelStream stream = stream(channel, part);
    if (copyIsAway) {
      return null;
    }
    copies.put(channel, copy(stream));
    return stream.read(query, RETENTION.millis(), time.now());
  }

  /** Where the owner stands, whatever the copy holds. */
  @Nullable StreamPosition top(int channel) {
    ChannelStream stream = owned.get(channel);
    return stream == null ? null : stream.position();
  }

  /** What this member says, if it is the owner when it is asked. */
  List<Changes> changes(int member, Map<Integer, ChangeVersion> seen) {
    List<Changes> answer = new ArrayList<>();
    seen.forEach(
        (part, version) -> {
          Changes changes = owners[part] == member ? log(part).since(version) : null;
          if (changes != null) {
            answer.add(changes);
          }
        });
    return answer;
  }

  /**
   * Gives a part to another member, which may still have a log from before.
   *
   * @param late after how many milliseconds the member that had it throws its log away
   */
  void move(int part, int late, IntConsumer moved) {
    int before = owners[part];
    owners[part] = (before + 1 + random.nextInt(members - 1)) % members;
    ChangeLog stale = logs[before][part];
    time.later(
        late,
        () -> {
          if (logs[before][part] == stale) {
            logs[before][part] = null;
          }
        });
    moved.accept(part);
  }

  /** A member dies, and is there again with nothing; the copies of what it owned take over. */
  void crash(IntConsumer moved) {
    int member = random.nextInt(members);
    for (int part = 0; part < parts(); part++) {
      logs[member][part] = null;
      if (owners[part] == member) {
        owners[part] = (member + 1) % members;
        promote(part);
        moved.accept(part);
      }
    }
  }

  private void promote(int part) {
    for (int channel : List.copyOf(owned.keySet())) {
      ChannelStream copy = copies.get(channel);
      if (channel % parts() == part) {
        owned.remove(channel);
        if (copy != null) {
          owned.put(channel, copy(copy));
        }
      }
    }
  }

  /** All copies of a stream are gone, and their logs with them. */
  void lose(int channel, int part) {
    owned.remove(channel);
    copies.remove(channel);
    logs[owners[part]][part] = null;
  }

  private ChannelStream stream(int channel, int part) {
    ChannelStream stream = owned.get(channel);
    if (stream == null) {
      stream = new ChannelStream("e" + ++ids, time.now());
      owned.put(channel, stream);
      record(channel, part);
    }
    return stream;
  }

  private void record(int channel, int part) {
    StreamPosition top = top(channel);
    if (top != null) {
      log(part).record(Integer.toString(channel), top);
    }
  }

  private ChangeLog log(int part) {
    ChangeLog log = logs[owners[part]][part];
    if (log == null) {
      log = new ChangeLog(part, ++ids, capacity);
      logs[owners[part]][part] = log;
    }
    return log;
  }

  private static ChannelStream copy(ChannelStream stream) {
    return ChannelStream.restore(
        stream.position(),
        stream.changed(),
        stream.keepMillis(),
        stream.publications(),
        stream.keys());
  }
}
