package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.carillon.config.OptionReader;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeFeedTest {

  @Test
  void aPartitionThatMovesAfterTheEventLoopsEndedIsNobodysConcern() {
    var vertx = Vertx.vertx();
    var streams = new MemoryStreams(vertx, System::currentTimeMillis);
    var options = OptionReader.defaults(BrokerOptions.class);
    new NodeFeed(vertx, List.of(vertx.getOrCreateContext()), streams, options, () -> 0);
    streams.move(0);

    vertx.close().await();

    assertDoesNotThrow(() -> streams.move(1));
  }
}
