package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.carillon.broker.StreamsContract;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.KeyWindow;
import dev.carillon.stream.Retention;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two members, of which one may die. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazelcastStreamsClusterTest extends StreamsContract {

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);
  private final Streams streams = grid.streams(vertx, 1, 2);

  @AfterAll
  void close() {
    vertx.close().await();
    grid.close();
  }

  @Override
  protected Streams streams() {
    return streams;
  }

  @Override
  protected Vertx vertx() {
    return vertx;
  }

  @Test
  void bothMembersSeeTheSameStream() {
    append("same", KEPT, "a", "b");
    History other =
        grid.streams(vertx, 0, 2).read("same", new HistoryQuery(null, 10, false), KEPT).await();
    assertEquals(List.of("a", "b"), texts(other));
    assertEquals(read("same", new HistoryQuery(null, 10, false)), other);
  }

  @Test
  void tooFewMembersRefuse() {
    Streams strict = grid.streams(vertx, 0, 3);
    Future<?> append = strict.append("refused", text("a"), KEPT);
    Throwable failure = assertThrows(StreamsUnavailable.class, append::await);
    assertInstanceOf(SplitBrainProtectionException.class, failure.getCause());
    assertThrows(
        StreamsUnavailable.class,
        () -> strict.read("refused", HistoryQuery.POSITION, KEPT).await());
    assertEquals(Map.of(), streams.tops(List.of("refused")).await());
  }

  @Test
  void whatIsTooOldIsDroppedByItsOwner() {
    StreamOptions brief = new StreamOptions(10, Duration.ofMillis(1), Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      append("brief" + i, brief, "a", "b");
    }
    append("kept", KEPT, "a");
    eventually(() -> "still stored", () -> expiredEverywhere(20));
    assertEquals(List.of("a"), texts(read("kept", new HistoryQuery(null, 10, false))));
    assertEquals(3, append("brief1", brief, "c").get(0).publication().offset());
  }

  private boolean expiredEverywhere(int channels) {
    grid.streams(vertx, 0, 1).expire().await();
    grid.streams(vertx, 1, 1).expire().await();
    return IntStream.range(0, channels)
        .mapToObj(i -> grid.map(0).get("brief" + i))
        .allMatch(stored -> stored.stream().publications().isEmpty());
  }

  @Test
  void aTryThatComesAfterItsKeyWasForgottenIsRefusedByEveryOwner() {
    try (TestGrid own = TestGrid.of(2)) {
      AtomicLong now = new AtomicLong(System.currentTimeMillis());
      HazelcastStreams caller = own.streams(vertx, 0, 1, now::get);
      String channel = own.channelOwnedBy(1);
      assertFalse(caller.appendAll(channel, batch("late"), KEPT).await().get(0).duplicate());
      long then = now.getAndAdd(10);
      for (int i = 0; i < KeyWindow.MAX_ENTRIES; i += 64) {
        caller.appendAll(channel, batch("n" + i), KEPT).await();
      }
      assertLateTries(caller, channel, now, then);
      own.kill(1);
      assertLateTries(caller, channel, now, then);
      now.addAndGet(10);
      var fresh = caller.appendAll(channel, batch("fresh"), KEPT).await();
      assertEquals(KeyWindow.MAX_ENTRIES + 65, fresh.get(0).publication().offset());
    }
  }

  private static void assertLateTries(
      HazelcastStreams caller, String channel, AtomicLong now, long then) {
    long after = now.getAndSet(then);
    var late = caller.appendAll(channel, batch("late"), KEPT);
    var failure = assertThrows(StreamsUnavailable.class, late::await);
    assertTrue(failure.toString().contains("too late to know"), failure.toString());
    var known = caller.appendAll(channel, batch("n" + 64), KEPT).await();
    assertTrue(known.stream().allMatch(Streams.Appended::duplicate));
    assertEquals(129, known.get(0).publication().offset());
    now.set(after);
  }

  private static List<NewPublication> batch(String name) {
    return IntStream.range(0, 64)
        .mapToObj(i -> text(name).withIdempotencyKey(name + "/" + i))
        .toList();
  }

  @Test
  void aKilledMemberTakesNothingAcknowledgedAlong() {
    try (TestGrid own = TestGrid.of(3)) {
      Streams survivor = own.streams(vertx, 0, 1);
      Map<String, List<StreamPosition>> acknowledged = new ConcurrentHashMap<>();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        String channel = "c" + i % 40;
        all.add(
            survivor
                .append(channel, text("n" + i), KEPT)
                .onSuccess(
                    stored ->
                        acknowledged
                            .computeIfAbsent(channel, fresh -> new CopyOnWriteArrayList<>())
                            .add(stored.publication().position())));
        if (i == 1_000) {
          own.kill(2);
        }
      }
      Future.join(all).otherwiseEmpty().await();
      long failed = all.stream().filter(Future::failed).count();
      assertEquals(0, failed, "appends that stayed uncertain");
      Map<String, Long> tops = new HashMap<>();
      acknowledged.forEach(
          (channel, positions) -> {
            assertEquals(positions.size(), positions.stream().distinct().count(), channel);
            assertEquals(
                1, positions.stream().map(StreamPosition::epoch).distinct().count(), channel);
            tops.put(channel, (long) positions.size());
          });
      survivor
          .tops(tops.keySet())
          .await()
          .forEach((channel, top) -> assertEquals(tops.get(channel), top.offset(), channel));
    }
  }

  /** Appends on the owner alone, as when no backup answers. */
  private static final class AppendOnOwner
      implements EntryProcessor<String, StoredStream, Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean process(Map.Entry<String, StoredStream> entry) {
      StoredStream stored = entry.getValue();
      Retention retention = Retention.of(KEPT, 262_144, 600_000);
      stored.stream().append(text("unacknowledged"), IdempotencyKey.NONE, retention, 1);
      entry.setValue(stored);
      return true;
    }

    @Override
    public @Nullable EntryProcessor<String, StoredStream, Boolean> getBackupProcessor() {
      return null;
    }
  }

  @Test
  void whatAReaderWasShownOutlivesTheOwner() {
    try (TestGrid own = TestGrid.of(2)) {
      Streams survivor = own.streams(vertx, 0, 1);
      String channel = own.channelOwnedBy(1);
      survivor.append(channel, text("a"), KEPT).await();
      own.map(0).executeOnKey(channel, new AppendOnOwner());
      History shown = survivor.read(channel, new HistoryQuery(null, 10, false), KEPT).await();
      assertEquals(List.of("a", "unacknowledged"), texts(shown));
      own.kill(1);
      assertEquals(shown, survivor.read(channel, new HistoryQuery(null, 10, false), KEPT).await());
    }
  }

  @Test
  void aPartThatMovedIsToldAndItsLogIsNotTrusted() {
    try (TestGrid own = TestGrid.of(1)) {
      Streams first = own.streams(vertx, 0, 1);
      Set<Integer> moved = ConcurrentHashMap.newKeySet();
      first.onUnsettled(moved::add);
      Map<Integer, ChangeVersion> seen = new HashMap<>();
      for (int part = 0; part < first.parts(); part++) {
        seen.put(part, ChangeVersion.NONE);
      }
      answers(first, seen).forEach((part, changes) -> seen.put(part, changes.upTo()));
      own.join();
      eventually(() -> "moved: " + moved, () -> moved.size() > first.parts() / 3);
      assertEquals(2, first.changes(seen).size(), "one question to each owner");
      Map<Integer, Changes> after = answers(first, seen);
      after.values().forEach(changes -> assertTrue(changes.lost(), changes.toString()));
      assertEquals(moved, after.keySet());
      own.kill(1);
      eventually(() -> "not lost again", () -> answers(first, seen).keySet().containsAll(moved));
    }
  }

  private static Map<Integer, Changes> answers(Streams from, Map<Integer, ChangeVersion> seen) {
    Map<Integer, Changes> all = new HashMap<>();
    from.changes(seen)
        .forEach(
            inquiry ->
                inquiry
                    .answer()
                    .otherwise(List.of())
                    .await()
                    .forEach(changes -> all.put(changes.part(), changes)));
    return all;
  }

  @Test
  void theSurvivorKnowsPublicationsAndKeysOfWhatItBackedUp() {
    try (TestGrid own = TestGrid.of(2)) {
      Streams first = own.streams(vertx, 0, 1);
      for (int i = 0; i < 20; i++) {
        for (String text : List.of("a", "b", "a", "c")) {
          first.append("x" + i, text(text), KEPT).await();
        }
      }
      own.kill(1);
      for (int i = 0; i < 20; i++) {
        History kept = first.read("x" + i, new HistoryQuery(null, 10, false), KEPT).await();
        assertEquals(List.of("a", "b", "c"), texts(kept));
        assertEquals(true, first.append("x" + i, text("b"), KEPT).await().duplicate());
      }
    }
  }
}
