package dev.carillon.broker;

import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

class MemoryStreamsTest extends StreamsContract {

  private final Vertx vertx = Vertx.vertx();
  private final Streams streams = new MemoryStreams(vertx, System::currentTimeMillis);

  @AfterEach
  void close() {
    vertx.close().await();
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
