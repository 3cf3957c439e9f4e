package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two verticles with a gateway on one event loop. */
class HubSweepTest {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void theClientsAreLookedAfterWhenTheVerticleThatCameFirstIsGone() {
    var client =
        OptionReader.read(
            ClientOptions.class,
            Map.of(
                "stale_close_delay",
                "1s",
                "token",
                Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef")));
    var ports = MemoryPorts.create(vertx).await();
    var tokens = new JwtVerifier(vertx, client.token());
    var hubs = new Hubs(vertx, ports, client, OptionReader.defaults(ChannelOptions.class), tokens);
    List<Hub> mounted = new ArrayList<>();
    String first = vertx.deployVerticle(new Mount(hubs, mounted)).await();
    vertx.deployVerticle(new Mount(hubs, mounted)).await();
    assertSame(mounted.get(0), mounted.get(1));

    vertx.undeploy(first).await();

    TestClient silent = TestClient.open(mounted.get(0));
    eventually(() -> "still open", () -> silent.closed != null);
  }

  /** Asks for the hub as a gateway does. */
  private static final class Mount extends VerticleBase {

    private final Hubs hubs;
    private final List<Hub> mounted;

    Mount(Hubs hubs, List<Hub> mounted) {
      this.hubs = hubs;
      this.mounted = mounted;
    }

    @Override
    public Future<?> start() {
      mounted.add(hubs.here());
      return Future.succeededFuture();
    }
  }
}
