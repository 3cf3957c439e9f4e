package dev.carillon.broker;

import dev.carillon.port.SessionRegistry;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

class MemorySessionsTest extends SessionRegistryContract {

  private final Vertx vertx = Vertx.vertx();
  private final SessionRegistry sessions = new MemorySessions(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Override
  protected SessionRegistry sessions() {
    return sessions;
  }
}
