package dev.carillon.redis;

import dev.carillon.broker.StreamsContract;
import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The promises of streams, kept by a real redis-server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisStreamsTest extends StreamsContract {

  private final RedisServer server = RedisServer.forgetful();
  private final TestEngine engine = TestEngine.on(server);

  @AfterAll
  void close() {
    engine.close();
    server.close();
  }

  @Override
  protected Streams streams() {
    return engine.streams;
  }

  @Override
  protected Vertx vertx() {
    return engine.vertx;
  }
}
