package dev.carillon.redis;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.Node;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes whose streams are in one Redis. */
class RedisNodesTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10_000, Duration.ofHours(1), Duration.ofHours(2));

  private static final int PUBLICATIONS = 400;

  private final RedisTestNodes nodes = new RedisTestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static Future<StreamPosition> publish(Node node, String text, StreamOptions options) {
    var publication = NewPublication.of(Bytes.utf8(text)).withIdempotencyKey(text);
    var channel = options.keepsHistory() ? "kept" : "live";
    return node.ports().broker().publish(channel, publication, options);
  }

  /** As a client does that gets error 100: again, with the same key. */
  private static Future<StreamPosition> insist(Node node, String text) {
    return publish(node, text, KEPT)
        .recover(refused -> node.vertx().timer(50).compose(later -> insist(node, text)));
  }

  private static String streams(Node node) {
    return node.readiness().checks().stream()
        .filter(check -> check.name().equals("streams"))
        .map(check -> check.detail())
        .findFirst()
        .orElse("");
  }

  private static List<Long> offsets(RecordingListener listener) {
    return listener.events().stream().map(event -> ((Publication) event).offset()).toList();
  }

  @Test
  void aKillOfRedisInTheMiddleLosesNothingThatIsOnDisk() {
    try (var redis = RedisServer.durable()) {
      var one = nodes.start(redis, Map.of());
      var two = nodes.start(redis, Map.of());
      var heard =
          List.of(
              RedisTestNodes.listen(one, "kept", KEPT), RedisTestNodes.listen(two, "kept", KEPT));
      List<Future<StreamPosition>> acked = new ArrayList<>();
      for (int i = 0; i < PUBLICATIONS; i++) {
        acked.add(insist(i % 2 == 0 ? one : two, "p" + i));
        if (i == PUBLICATIONS / 4) {
          acked.get(i / 2).await();
          redis.kill();
        }
        if (i == PUBLICATIONS / 2) {
          eventually(() -> streams(two), () -> streams(two).contains("is away"));
          redis.start();
        }
      }
      Future.all(acked).await();

      var all = LongStream.rangeClosed(1, PUBLICATIONS).boxed().toList();
      assertEquals(all, acked.stream().map(each -> each.result().offset()).sorted().toList());
      for (var listener : heard) {
        eventually(() -> "heard " + offsets(listener).size(), () -> offsets(listener).equals(all));
        assertEquals(PUBLICATIONS, new HashSet<>(listener.texts()).size());
        assertEquals(List.of(), listener.insufficient());
      }
    }
  }

  @Test
  void whoListensIsToldWhenRedisForgetsEverything() {
    try (var redis = RedisServer.forgetful()) {
      var one = nodes.start(redis, Map.of());
      var two = nodes.start(redis, Map.of());
      var heard =
          List.of(
              RedisTestNodes.listen(one, "kept", KEPT), RedisTestNodes.listen(two, "kept", KEPT));
      var before = insist(one, "before").await();
      heard.forEach(listener -> eventually(() -> "unheard", () -> !listener.texts().isEmpty()));

      redis.kill();
      eventually(() -> streams(one), () -> streams(one).contains("is away"));
      redis.start();

      for (var listener : heard) {
        eventually(() -> "untold", () -> listener.insufficient().equals(List.of("kept")));
      }
      var after = insist(two, "after").await();
      assertNotEquals(before.epoch(), after.epoch());
      assertEquals(1, after.offset());
      for (var listener : heard) {
        eventually(
            () -> listener.texts().toString(),
            () -> listener.texts().equals(List.of("before", "after")));
      }
    }
  }

  @Test
  void channelsWithoutHistoryGoOnWithoutRedis() {
    try (var redis = RedisServer.durable()) {
      var one = nodes.start(redis, Map.of());
      var two = nodes.start(redis, Map.of());
      eventually(() -> "not ready", () -> one.readiness().ready() && two.readiness().ready());
      var live = RedisTestNodes.listen(two, "live", StreamOptions.LIVE_ONLY);
      assertEquals("kept", streams(one));

      redis.kill();
      eventually(() -> streams(one), () -> streams(one).contains("is away"));

      assertThrows(StreamsUnavailable.class, () -> publish(one, "refused", KEPT).await());
      var listener = new RecordingListener(two.vertx().getOrCreateContext());
      assertThrows(
          StreamsUnavailable.class,
          () -> two.ports().broker().feed().open("kept", KEPT, listener).await());
      publish(one, "live", StreamOptions.LIVE_ONLY).await();
      eventually(() -> "unheard", () -> live.texts().equals(List.of("live")));
      assertTrue(one.readiness().ready(), "other nodes would miss the same");

      redis.start();
      assertEquals(1, insist(one, "kept").await().offset());
      eventually(() -> streams(one), () -> streams(one).equals("kept"));
    }
  }
}
