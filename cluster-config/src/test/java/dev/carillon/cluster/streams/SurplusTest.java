package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member that loses two others twice, and goes over to them as the smaller part. */
class SurplusTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(3);

  @AfterEach
  void close() {
    vertx.close().await();
    grid.close();
  }

  @Test
  void whatIsLeftBehindIsNotBroughtAndALaterDecisionCounts() {
    var stays = grid.map(0);
    var comesBack = grid.members().get(2);
    var merged = new AtomicInteger();
    comesBack.getLifecycleService().addLifecycleListener(event -> count(event, merged));
    var streams = grid.streams(vertx, 2, 1);

    loseEachOther();
    append(streams, "left");
    Surplus.decide(comesBack, TestGrid.MAP, true);
    eventually(() -> "not merged", () -> merged.get() == 1);
    assertNull(stays.get("left"));

    loseEachOther();
    append(streams, "brought");
    Surplus.decide(comesBack, TestGrid.MAP, true);
    Surplus.decide(comesBack, TestGrid.MAP, false);
    eventually(() -> "not merged again", () -> merged.get() == 2);
    assertNotNull(stays.get("brought"));
  }

  private static void count(LifecycleEvent event, AtomicInteger merged) {
    if (event.getState() == LifecycleState.MERGED) {
      merged.incrementAndGet();
    }
  }

  private void loseEachOther() {
    grid.separate(2);
    eventually(() -> "not apart", () -> size(0) == 2 && size(2) == 1);
  }

  private static void append(Streams streams, String channel) {
    streams.append(channel, NewPublication.of(Bytes.utf8(channel)), KEPT).await();
  }

  private int size(int index) {
    return grid.members().get(index).getCluster().getMembers().size();
  }
}
