package dev.carillon.broker;

import dev.carillon.port.PresenceManager;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

class MemoryPresenceTest extends PresenceContract {

  private final Vertx vertx = Vertx.vertx();
  private final PresenceManager presence = new MemoryPresence(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Override
  protected PresenceManager presence() {
    return presence;
  }
}
