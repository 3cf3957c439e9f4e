package dev.carillon.cluster.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes whose clocks jump to and fro by two minutes while they publish to one channel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockJumpTest {

  private static final long JUMP_MILLIS = 120_000;
  private static final HistoryQuery ALL = new HistoryQuery(null, 1_000, false);
  private static final StreamOptions KEPT =
      new StreamOptions(1_000, Duration.ofHours(1), Duration.ofHours(2));

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);
  private final AtomicLong ahead = new AtomicLong();
  private final HazelcastStreams jumping =
      grid.streams(vertx, 0, 1, () -> System.currentTimeMillis() + ahead.get());
  private final HazelcastStreams steady = grid.streams(vertx, 1, 1);

  @AfterAll
  void close() {
    vertx.close().await();
    grid.close();
  }

  private static NewPublication said(int number) {
    return NewPublication.of(Bytes.utf8("\"" + number + "\"")).withIdempotencyKey("k" + number);
  }

  @Test
  void nothingIsLostOrStoredTwiceOrOutOfOrder() {
    var said = new ArrayList<Bytes>();
    for (int i = 0; i < 60; i++) {
      ahead.set(List.of(0L, JUMP_MILLIS, -JUMP_MILLIS).get(i % 3));
      var streams = i % 2 == 0 ? jumping : steady;
      var stored = streams.append("a", said(i), KEPT).await();
      assertEquals(i + 1, stored.publication().offset());
      // Tried again after the clock has gone on or back, as when the first answer was lost.
      ahead.set(List.of(-JUMP_MILLIS, 0L, JUMP_MILLIS).get(i % 3));
      assertTrue(jumping.append("a", said(i), KEPT).await().duplicate());
      said.add(said(i).data());
    }
    for (long jump : List.of(0L, JUMP_MILLIS, -JUMP_MILLIS)) {
      ahead.set(jump);
      for (var streams : List.of(jumping, steady)) {
        var history = streams.read("a", ALL, KEPT).await();
        assertEquals(said, history.publications().stream().map(each -> each.data()).toList());
        assertEquals(60, history.top().offset());
      }
      jumping.expire().await();
      steady.expire().await();
    }
  }

  @Test
  void theEpochStays() {
    var epoch = steady.append("b", said(1), KEPT).await().publication().epoch();
    for (long jump : List.of(JUMP_MILLIS, -JUMP_MILLIS, 0L)) {
      ahead.set(jump);
      jumping.expire().await();
      assertEquals(epoch, jumping.read("b", ALL, KEPT).await().top().epoch());
    }
  }
}
