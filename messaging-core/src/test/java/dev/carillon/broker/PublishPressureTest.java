package dev.carillon.broker;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node does whose streams answer late, badly or not at all. */
class PublishPressureTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));
  private static final NewPublication LARGE = NewPublication.of(Bytes.utf8("x".repeat(200_000)));

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final UnevenStreams streams = new UnevenStreams(cluster.streams());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Ports ports(Map<String, String> options) {
    return cluster.join("n1", OptionReader.read(BrokerOptions.class, options), streams).await();
  }

  private static double pending(Ports node) {
    return node.meters().get("carillon.publish.pending").gauge().value();
  }

  private static double refused(Ports node) {
    return node.meters().get("carillon.publish.refused").functionCounter().count();
  }

  @Test
  void aFullNodeRefusesAtOnceAndGoesOnWhenItsStreamsAnswer() {
    Ports node = ports(Map.of("publish_pending_max_bytes", "1048576"));
    Promise<Void> back = Promise.promise();
    streams.answer((channel, done) -> back.future().compose(go -> done.get()));
    List<Future<StreamPosition>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(node.broker().publish("c" + i, LARGE, KEPT));
    }
    Future<StreamPosition> over = node.broker().publish("c5", LARGE, KEPT);
    assertThrows(StreamsUnavailable.class, over::await);
    assertTrue(pending(node) > 1_000_000, () -> "pending: " + pending(node));
    assertEquals(1, refused(node));
    node.broker().publish("live", LARGE, StreamOptions.LIVE_ONLY).await();
    back.complete();
    Future.all(waiting).await();
    assertEquals(0, pending(node));
    assertEquals(1, node.broker().publish("c5", LARGE, KEPT).await().offset());
    assertEquals(1, refused(node));
  }

  @Test
  void afterAStormOfFailuresNothingIsCounted() {
    Ports node =
        ports(Map.of("publish_queue_timeout", "100ms", "publish_queue_max_bytes", "65536"));
    AtomicInteger batches = new AtomicInteger();
    streams.answer(
        (channel, done) ->
            switch (batches.getAndIncrement() % 6) {
              case 0 -> Future.failedFuture(new StreamsUnavailable("the owner is away"));
              case 1 -> throw new IllegalStateException("the grid has stopped");
              case 2 -> done.get().map(all -> List.of());
              case 3 -> done.get().timeout(1, TimeUnit.MILLISECONDS);
              // Those behind it wait for longer than they may.
              case 4 -> vertx.timer(200).compose(late -> Future.failedFuture("no copy answered"));
              default -> done.get();
            });
    List<Future<StreamPosition>> all = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      var publication = NewPublication.of(Bytes.utf8("x".repeat(100 + i % 3_000)));
      all.add(node.broker().publish("c" + i % 20, publication, KEPT));
    }
    eventually(() -> "not all answered", () -> all.stream().allMatch(Future::isComplete));
    assertTrue(all.stream().anyMatch(Future::failed));
    assertTrue(all.stream().anyMatch(Future::succeeded));
    assertEquals(0, pending(node));
    streams.answer((channel, done) -> done.get());
    for (int i = 0; i < 20; i++) {
      node.broker().publish("c" + i, LARGE, KEPT).await();
    }
    assertEquals(0, pending(node));
  }
}
