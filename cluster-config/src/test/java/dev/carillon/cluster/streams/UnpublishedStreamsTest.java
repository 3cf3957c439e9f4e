package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import dev.carillon.port.TooManyStreams;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Streams that nobody has published to, on two members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnpublishedStreamsTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private static final long MINUTE = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);

  /** How far the clock of the node is ahead, so that minutes pass at once. */
  private long ahead;

  private final HazelcastStreams streams = streams(Map.of());

  @AfterAll
  void close() {
    vertx.close().await();
    grid.close();
  }

  private HazelcastStreams streams(Map<String, String> limits) {
    var settings =
        new HazelcastStreams.Settings(
            OptionReader.defaults(StreamsOptions.class),
            OptionReader.read(StreamLimits.class, limits),
            1,
            262_144);
    return new HazelcastStreams(
        vertx,
        grid.members().get(0),
        TestGrid.MAP,
        settings,
        () -> System.currentTimeMillis() + ahead);
  }

  private StreamPosition top(HazelcastStreams from, String channel) {
    return from.read(channel, HistoryQuery.POSITION, KEPT).await().top();
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text)).withIdempotencyKey(text);
  }

  /** How long the entry lives from its last change on, in minutes. */
  private long minutes(String channel) {
    return grid.map(1).getEntryView(channel).getTtl() / MINUTE;
  }

  private long end(String channel) {
    return grid.map(1).getEntryView(channel).getExpirationTime();
  }

  @Test
  void livesBrieflyUntilSomebodyPublishes() {
    top(streams, "first");
    assertEquals(15, minutes("first"), "10 minutes, and up to 5 since it was last renewed");
    streams.append("first", text("a"), KEPT).await();
    assertEquals(120, minutes("first"));
  }

  @Test
  void isRenewedWhenItIsKeptOrRead() {
    var before = top(streams, "renewed");
    top(streams, "left alone");
    long first = end("renewed");
    long untouched = end("left alone");
    eventually(
        () -> "no time passed", () -> System.currentTimeMillis() > first - 15 * MINUTE + 2_000);
    ahead += streams.keepInterval().toMillis();
    streams.keep(List.of("renewed", "nobody")).await();
    assertTrue(end("renewed") > first, "kept");
    assertEquals(untouched, end("left alone"));
    top(streams, "left alone");
    assertTrue(end("left alone") > untouched, "read");
    assertEquals(Map.of("renewed", before), streams.tops(List.of("renewed", "nobody")).await());
  }

  @Test
  void aFurtherOneIsRefusedWhenThereAreTooMany() {
    var full = streams(Map.of("max_streams", "1"));
    full.append("there", text("a"), KEPT).await();
    eventually(
        () -> full.count() + " streams",
        () -> {
          full.countNow().await();
          return full.count() > 0;
        });

    var refused = full.read("another", HistoryQuery.POSITION, KEPT);
    var failure = assertThrows(TooManyStreams.class, refused::await);

    assertTrue(
        String.valueOf(failure.getMessage()).contains("channel.max_streams = 1"),
        failure.getMessage());
    assertThrows(TooManyStreams.class, () -> full.append("other", text("a"), KEPT).await());
    var unknown = new StreamPosition(1, "e");
    assertThrows(TooManyStreams.class, () -> full.ensure("other", unknown, KEPT).await());
    assertEquals(Map.of(), full.tops(List.of("another", "other")).await());
    assertEquals(2, full.append("there", text("b"), KEPT).await().publication().offset());
    assertEquals(2, top(full, "there").offset());
  }
}
