package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.TokenVerifier;
import dev.carillon.token.Verification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubTokenTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aMistakeInTheCheckOfATokenClosesSoThatTheClientComesBack() {
    var ports = MemoryPorts.create(vertx).await();
    var client = OptionReader.defaults(ClientOptions.class);
    var channels = OptionReader.defaults(ChannelOptions.class);
    var hubs = new Hubs(vertx, ports, client, channels, new Mistaken());
    Hub hub = TestClient.on(vertx.getOrCreateContext(), hubs::here);
    assertEquals(
        Disconnect.INTERNAL_SERVER_ERROR, TestClient.open(hub).connect("token").awaitClose());
  }

  /** Breaks down whatever it is given. */
  private static final class Mistaken implements TokenVerifier {
    @Override
    public Future<Verification<ConnectionToken>> connection(String token, long now) {
      return Future.failedFuture("by mistake");
    }

    @Override
    public Future<Verification<SubscriptionToken>> subscription(String token, long now) {
      return Future.failedFuture("by mistake");
    }
  }
}
