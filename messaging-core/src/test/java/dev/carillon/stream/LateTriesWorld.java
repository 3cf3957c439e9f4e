package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One channel that remembers few keys, and publishers whose tries come again and late, when others
 * have published more than it remembers. Their clocks differ, its copy misses some, and its owner
 * dies. Nothing may be stored twice.
 */
final class LateTriesWorld implements World {

  private static final int WINDOW = 8;
  private static final int FAULTY_UNTIL = 2_000;
  private static final int END = 10_000;
  private static final Retention RETENTION =
      new Retention(1_000, 1 << 20, 1L << 40, 1L << 40, 1L << 40);

  private record Call(long now, List<String> texts) {

    List<IdempotencyKey> keys() {
      return texts.stream().map(IdempotencyKey::of).toList();
    }
  }

  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime();

  // How bad this world is, in percent and milliseconds.
  private final int copyIsAway;
  private final int late;
  private final int skew;
  private final int delay;
  private final int latest;

  private ChannelStream owned = new ChannelStream("e", 0, 0, new KeyWindow(WINDOW));
  private ChannelStream copy = copy(owned, WINDOW);

  /** Where the texts are that the owner has ever stored, and has not lost. */
  private final Map<String, Long> stored = new HashMap<>();

  private final Set<String> acknowledged = new HashSet<>();
  private int texts;
  private int answered;
  private int refused;

  LateTriesWorld(long seed) {
    random = new SplittableRandom(seed);
    copyIsAway = random.nextInt(2) == 0 ? 0 : random.nextInt(50);
    late = random.nextInt(3) == 0 ? 0 : random.nextInt(30);
    skew = 1 + random.nextInt(50);
    delay = 1 + random.nextInt(100);
    latest = delay + random.nextInt(random.nextBoolean() ? 100 : 1_500);
  }

  @Override
  public void run() {
    int calls = 5 + random.nextInt(40);
    for (int i = 0; i < calls; i++) {
      time.at(random.nextInt(FAULTY_UNTIL), this::call);
    }
    if (random.nextInt(2) == 0) {
      time.at(random.nextInt(FAULTY_UNTIL), this::crash);
    }
    time.at(END, () -> check(arrive(newCall()), "a fresh one was refused in the calm"));
    time.run(() -> {});
  }

  /** Publications that came again and got the answer of the first try. */
  @Override
  public int lost() {
    return answered;
  }

  /** Calls that were told that nobody knows. */
  @Override
  public int told() {
    return refused;
  }

  /** The stream as another member reads it. */
  static ChannelStream copy(ChannelStream stream, int window) {
    var top = stream.position();
    return new ChannelStream(top.epoch(), top.offset(), stream.changed(), new KeyWindow(window))
        .filled(stream.keepMillis(), stream.publications(), stream.keys());
  }

  private Call newCall() {
    List<String> said = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      said.add("p" + texts++);
    }
    return new Call(time.now() + random.nextInt(skew), said);
  }

  private void call() {
    Call call = newCall();
    int tries = happens(late) ? 2 + random.nextInt(3) : 1;
    for (int i = 0; i < tries; i++) {
      time.later(random.nextInt(i > 0 || happens(late) ? latest : delay), () -> arrive(call));
    }
  }

  /**
   * @return whether it was stored, now or before
   */
  private boolean arrive(Call call) {
    List<IdempotencyKey> keys = call.keys();
    if (owned.mayHaveForgotten(keys.stream(), call.now())) {
      Set<IdempotencyKey> known =
          new HashSet<>(owned.keys().stream().map(RememberedKey::key).toList());
      check(!known.containsAll(keys), "refused though it is known: " + call);
      refused++;
      return false;
    }
    List<StoredPublication> done = call.texts().stream().map(text -> append(text, call)).toList();
    if (!happens(copyIsAway)) {
      boolean followed = done.stream().allMatch(x -> x.duplicate() || copy.replicate(x, RETENTION));
      if (!followed || !copy.position().equals(owned.position())) {
        copy = copy(owned, WINDOW);
      }
      acknowledged.addAll(call.texts());
    }
    return true;
  }

  private StoredPublication append(String text, Call call) {
    StoredPublication done =
        owned.append(
            NewPublication.of(Bytes.utf8(text)), IdempotencyKey.of(text), RETENTION, call.now());
    answered += done.duplicate() ? 1 : 0;
    Long before = stored.putIfAbsent(text, done.publication().offset());
    check(before == null || done.duplicate(), text + " was stored again, first at " + before);
    check(
        before == null || before == done.publication().offset(),
        text + " is at " + before + " and was said to be at " + done.publication().offset());
    return done;
  }

  /** The copy becomes the owner: what it missed was acknowledged to nobody. */
  private void crash() {
    owned = copy(copy, WINDOW);
    stored.values().removeIf(offset -> offset > owned.position().offset());
    check(stored.keySet().containsAll(acknowledged), "lost what was acknowledged");
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
