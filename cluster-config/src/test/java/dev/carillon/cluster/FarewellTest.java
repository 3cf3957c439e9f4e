package dev.carillon.cluster;

import dev.carillon.broker.Eventually;
import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.ClientConnection;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.hub.Frame;
import dev.carillon.hub.Hub;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the clients of other nodes are told of those of a node that stops in order. */
class FarewellTest {

  private static final int CLIENTS = 20;

  /** Of each client: it leaves one after the other. */
  private static final int ROOMS = 20;

  private static final Map<String, Object> CLIENT =
      Map.of("token", Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef"));

  private final TestNodes nodes = new TestNodes();
  private final ClientOptions options = OptionReader.read(ClientOptions.class, CLIENT);

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void everyClientOfANodeThatStopsLeavesItsRooms() {
    var first = nodes.first("n1");
    var second = nodes.joining("n2", first);
    var listener = new RecordingListener(first.vertx().getOrCreateContext());
    for (int i = 0; i < ROOMS; i++) {
      first.ports().broker().feed().open(room(i), StreamOptions.LIVE_ONLY, listener).await();
    }
    second.deploy(() -> new Crowd(second.ports()), new DeploymentOptions()).await();
    Eventually.eventually(
        () -> listener.events().size() + " joins",
        () -> count(listener, Join.class) == CLIENTS * ROOMS);

    TestNodes.await(second.close(Duration.ofSeconds(60)));

    Eventually.eventually(
        () -> count(listener, Leave.class) + " leaves",
        () -> count(listener, Leave.class) == CLIENTS * ROOMS);
  }

  private static long count(RecordingListener listener, Class<? extends ChannelEvent> kind) {
    return listener.events().stream().filter(kind::isInstance).count();
  }

  /** Clients that sit in the rooms until their node stops. */
  private final class Crowd extends VerticleBase {
    private final Ports ports;

    Crowd(Ports ports) {
      this.ports = ports;
    }

    @Override
    public Future<?> start() {
      var channels = OptionReader.defaults(ChannelOptions.class).withDemo();
      var tokens = new JwtVerifier(vertx, options.token());
      Hub hub = new Hubs(vertx, ports, options, channels, tokens).here();
      for (int i = 0; i < CLIENTS; i++) {
        ClientConnection client = hub.open(new Nowhere(), Encoding.JSON);
        client.received(commands("user" + i));
      }
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      ports.connections().records().forEach(row -> end(row.id()));
      return Future.succeededFuture();
    }

    private void end(String id) {
      ports.connections().end(id, EndReason.SHUTDOWN);
    }
  }

  private byte[] commands(String user) {
    long now = System.currentTimeMillis() / 1_000;
    String token =
        new TokenIssuer(options.token()).connection(user, Bytes.EMPTY, Duration.ofHours(1), now);
    var frame = new StringBuilder("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
    for (int i = 0; i < ROOMS; i++) {
      frame.append("\n{\"id\":").append(i + 2);
      frame.append(",\"subscribe\":{\"channel\":\"").append(room(i)).append("\"}}");
    }
    return frame.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String room(int number) {
    return "chat:room" + number;
  }

  /** A socket that takes everything and shows it to nobody. */
  private static final class Nowhere implements Transport {

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public String remoteAddress() {
      return "127.0.0.1:1";
    }

    @Override
    public void send(Frame frame) {}

    @Override
    public void flush() {}

    @Override
    public void reading(boolean wanted) {}

    @Override
    public long queuedBytes() {
      return 0;
    }

    @Override
    public void close(Disconnect disconnect) {}
  }
}
