package dev.carillon.redis;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Streams;
import dev.carillon.port.TooManyStreams;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How long and how much Redis remembers of a stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisRetentionTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10_000, Duration.ofHours(1), Duration.ofHours(2));

  private static final HistoryQuery ALL = new HistoryQuery(null, 10_000, false);

  private final RedisServer server = RedisServer.forgetful();

  @AfterAll
  void close() {
    server.close();
  }

  private TestEngine node(RedisLimits limits) {
    return TestEngine.on(server, Map.of(), limits);
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text)).withIdempotencyKey(text);
  }

  private String command(String... words) {
    return server.command(words);
  }

  private long life(String channel, String kind) {
    var part = "carillon:1:{" + StreamKeys.part(channel) + "}:" + kind + ":";
    return Long.parseLong(command("PTTL", part + channel).substring(1));
  }

  @Test
  void bytesAreLimitedAndTheNewestIsKept() {
    try (var node = node(new RedisLimits(1_000, 1_000, 60_000))) {
      for (int i = 0; i < 10; i++) {
        node.streams.append("bytes", text("x".repeat(200) + i), KEPT).await();
      }
      var some = node.streams.read("bytes", ALL, KEPT).await();
      assertEquals(10, some.top().offset());
      assertEquals(3, some.publications().size(), "of about 270 bytes each");
      node.streams.append("bytes", text("y".repeat(5_000)), KEPT).await();
      assertEquals(1, node.streams.read("bytes", ALL, KEPT).await().publications().size());
    }
  }

  @Test
  void keysAreRememberedUpToTheirNumber() {
    try (var node = node(new RedisLimits(100_000, 1_000, 60_000))) {
      List<NewPublication> batch = new ArrayList<>();
      for (int i = 1; i <= 4_200; i++) {
        batch.add(text("k" + i));
        if (batch.size() == 100) {
          node.streams.appendAll("keys", batch, KEPT).await();
          batch.clear();
        }
      }
      assertTrue(again(node.streams, 105).duplicate(), "the oldest of 4,096");
      assertEquals(105, again(node.streams, 105).publication().offset());
      assertFalse(again(node.streams, 104).duplicate(), "one before it");
    }
  }

  private static Streams.Appended again(Streams streams, int i) {
    return streams.append("keys", text("k" + i), KEPT).await();
  }

  @Test
  void positionsOutlivePublications() {
    var options = new StreamOptions(10, Duration.ofMillis(200), Duration.ofHours(1));
    try (var node = node(new RedisLimits(1_000, 1_000, 60_000))) {
      var top = node.streams.append("meta", text("a"), options).await().publication().position();
      assertTrue(life("meta", "p") <= 200);
      assertTrue(life("meta", "s") > 200);
      eventually(() -> "there", () -> life("meta", "p") == -2);
      var history = node.streams.read("meta", ALL, options).await();
      assertEquals(top, history.top());
      assertEquals(List.of(), history.publications());
      var next = node.streams.append("meta", text("b"), options).await().publication();
      assertEquals(2, next.offset());
      assertTrue(
          node.streams.append("meta", text("a"), options).await().duplicate(),
          "keys outlive them as well");
    }
  }

  @Test
  void whatHasExpiredTakesNoRoom() {
    var brief = new StreamOptions(10, Duration.ofMillis(1), Duration.ofHours(1));
    try (var node = node(new RedisLimits(1_000, 1_000, 60_000))) {
      node.streams.append("silence", text("x".repeat(800)), brief).await();
      eventually(() -> "there", () -> life("silence", "p") == -2);
      for (int i = 0; i < 3; i++) {
        node.streams.append("silence", text("y".repeat(200) + i), KEPT).await();
      }
      assertEquals(3, node.streams.read("silence", ALL, KEPT).await().publications().size());
    }
  }

  @Test
  void unpublishedStreamsLiveBrieflyUnlessTheyAreKept() {
    var limits = new RedisLimits(1_000, 1_000, 6_000);
    try (var node = node(limits)) {
      node.streams.read("kept", HistoryQuery.POSITION, KEPT).await();
      var epoch = node.streams.read("gone", HistoryQuery.POSITION, KEPT).await().top().epoch();
      assertTrue(life("gone", "s") <= 6_000);
      eventually(() -> "kept", () -> life("kept", "s") < 4_900);
      node.streams.keep(List.of("kept", "nobody")).await();
      assertTrue(life("kept", "s") > life("gone", "s"), "renewed");
      assertEquals(-2, life("nobody", "s"), "not created");
      assertEquals(Duration.ofSeconds(1), node.streams.keepInterval());
      eventually(() -> "gone", () -> life("gone", "s") == -2);
      assertNotEquals(
          epoch, node.streams.read("gone", HistoryQuery.POSITION, KEPT).await().top().epoch());
    }
  }

  @Test
  void aFurtherStreamIsRefusedWhenThereAreTooMany() {
    try (var roomy = node(new RedisLimits(1_000, 1_000, 60_000))) {
      roomy.streams.append("there", text("a"), KEPT).await();
    }
    try (var full = node(new RedisLimits(1_000, 1, 60_000))) {
      var read = full.streams.read("another", HistoryQuery.POSITION, KEPT);
      assertThrows(TooManyStreams.class, read::await);
      assertThrows(
          TooManyStreams.class, () -> full.streams.append("another", text("a"), KEPT).await());
      assertEquals(2, full.streams.append("there", text("b"), KEPT).await().publication().offset());
      assertEquals(Map.of(), full.streams.tops(List.of("another")).await());
    }
  }

  @Test
  void aChangeLogThatDoesNotReachBackSaysSo() {
    var limits = new RedisLimits(1_000, 1_000, 60_000);
    try (var node = TestEngine.on(server, Map.of("change_log_size", "16"), limits)) {
      var channels =
          IntStream.range(0, 10_000)
              .mapToObj(i -> "log" + i)
              .filter(channel -> node.streams.part(channel) == 7)
              .limit(64)
              .toList();
      var begin = changes(node, ChangeVersion.NONE).upTo();
      node.streams.append(channels.get(0), text("a"), KEPT).await();
      var first = changes(node, begin);
      assertEquals(1, first.changes().size());
      channels.forEach(channel -> node.streams.append(channel, text("b"), KEPT).await());
      assertTrue(changes(node, begin).lost(), "overrun");
      var now = changes(node, begin).upTo();
      node.streams.append(channels.get(0), text("c"), KEPT).await();
      assertFalse(changes(node, now).lost());
      assertEquals("+OK", command("FLUSHALL"));
      assertTrue(changes(node, now).lost(), "emptied");
    }
  }

  private static Changes changes(TestEngine node, ChangeVersion seen) {
    return node.streams.changes(Map.of(7, seen)).get(0).answer().await().get(0);
  }
}
