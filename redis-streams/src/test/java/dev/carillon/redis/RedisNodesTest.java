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
import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.Fingerprint;
import dev.carillon.cluster.Node;
import dev.carillon.cluster.NodeLimits;
import dev.carillon.cluster.NodeSettings;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections;
import dev.carillon.port.StreamsUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes whose streams are in one Redis. */
class RedisNodesTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10_000, Duration.ofHours(1), Duration.ofHours(2));

  private static final int PUBLICATIONS = 400;

  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(node -> node.close(Duration.ofSeconds(10)).await());
  }

  private Node start(RedisServer redis, Map<String, ?> more) {
    var name = "n" + (nodes.size() + 1);
    var all = new HashMap<String, Object>(more);
    all.putAll(Map.of("port", 0, "bus_port", 0, "join_timeout", "60s"));
    if (!nodes.isEmpty()) {
      all.put("join", List.of("127.0.0.1:" + nodes.get(0).clusterPort()));
    }
    var meters = new SimpleMeterRegistry();
    var settings =
        new NodeSettings(
                name,
                "test",
                Set.of("chat-hub"),
                OptionReader.read(ClusterOptions.class, all),
                NodeLimits.defaults(),
                true,
                true,
                Fingerprint.of(new byte[] {1}),
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4),
                null,
                meters,
                new Connections(),
                null)
            .with(engine(redis, meters));
    var node = Node.start(settings).await();
    nodes.add(node);
    return node;
  }

  private static RedisEngine engine(RedisServer redis, SimpleMeterRegistry meters) {
    var options =
        OptionReader.read(
            RedisEngineOptions.class,
            Map.of(
                "address",
                redis.address(),
                "check_interval",
                "100ms",
                "away_patience",
                "200ms",
                "reconnect_max_delay",
                "200ms"));
    return new RedisEngine(options, new RedisLimits(16 << 20, 1_000, 60_000), meters);
  }

  private static RecordingListener listen(Node node, String channel, StreamOptions options) {
    var listener = new RecordingListener(node.vertx().getOrCreateContext());
    node.ports().broker().feed().open(channel, options, listener).await();
    return listener;
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
      var one = start(redis, Map.of());
      var two = start(redis, Map.of());
      var heard = List.of(listen(one, "kept", KEPT), listen(two, "kept", KEPT));
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
      var one = start(redis, Map.of());
      var two = start(redis, Map.of());
      var heard = List.of(listen(one, "kept", KEPT), listen(two, "kept", KEPT));
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
      var one = start(redis, Map.of());
      var two = start(redis, Map.of());
      eventually(() -> "not ready", () -> one.readiness().ready() && two.readiness().ready());
      var live = listen(two, "live", StreamOptions.LIVE_ONLY);
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
