package dev.carillon.cluster;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Frame;
import dev.carillon.hub.Hubs;
import dev.carillon.hub.Transport;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.TokenIssuer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user that may have one connection to the whole cluster. */
class SingleConnectionTest {

  private static final ClientOptions OPTIONS =
      OptionReader.read(
          ClientOptions.class,
          Map.of(
              "token",
              Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef"),
              "subscribe_to_user_personal_channel",
              Map.of("enabled", true, "single_connection", true)));

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aConnectionToOneNodeEndsTheOneToTheOther() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    var desks = List.of(new Desk(first.ports()), new Desk(second.ports()));
    first.deploy(() -> desks.get(0), new DeploymentOptions()).await();
    second.deploy(() -> desks.get(1), new DeploymentOptions()).await();
    Line before = desks.get(0).open("ann");
    Line bob = desks.get(0).open("bob");
    for (int i = 1; i <= 4; i++) {
      Line next = desks.get(i % 2).open("ann");
      Line superseded = before;
      eventually(() -> "still open", () -> superseded.closed == Disconnect.CONNECTION_LIMIT);
      before = next;
    }
    assertEquals("null, null", before.closed + ", " + bob.closed);
  }

  /** Lets clients in on the event loop of one node. */
  private static final class Desk extends VerticleBase {
    private final Ports ports;
    private @Nullable Hubs hubs;

    Desk(Ports ports) {
      this.ports = ports;
    }

    @Override
    public Future<?> start() {
      var tokens = new JwtVerifier(vertx, OPTIONS.token());
      hubs = new Hubs(vertx, ports, OPTIONS, OptionReader.defaults(ChannelOptions.class), tokens);
      return Future.succeededFuture();
    }

    /** Returns when the client was answered. */
    Line open(String user) {
      Line line = new Line();
      String token =
          new TokenIssuer(OPTIONS.token()).connection(user, Bytes.EMPTY, Duration.ZERO, 0);
      byte[] connect =
          ("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}").getBytes(StandardCharsets.UTF_8);
      context.runOnContext(
          go -> {
            if (hubs != null) {
              hubs.here().open(line, Encoding.JSON).received(connect);
            }
          });
      eventually(() -> "no answer for " + user, () -> line.answered);
      return line;
    }
  }

  /** A socket that shows whether something was sent and why it was closed. */
  private static final class Line implements Transport {
    volatile boolean answered;
    volatile @Nullable Disconnect closed;

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public String remoteAddress() {
      return "127.0.0.1:1";
    }

    @Override
    public void send(Frame frame) {
      answered = true;
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean wanted) {}

    @Override
    public long queuedBytes() {
      return 0;
    }

    @Override
    public void close(Disconnect disconnect) {
      closed = disconnect;
    }
  }
}
