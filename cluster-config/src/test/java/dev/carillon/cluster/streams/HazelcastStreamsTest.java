package dev.carillon.cluster.streams;

import dev.carillon.broker.StreamsContract;
import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A single member, as after a plain start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazelcastStreamsTest extends StreamsContract {

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(1);
  private final Streams streams = grid.streams(vertx, 0, 1);

  @BeforeAll
  void warm() {
    append("warm", KEPT, "a");
  }

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
}
