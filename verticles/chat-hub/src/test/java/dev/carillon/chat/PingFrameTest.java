package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.PING;
import static dev.carillon.chat.ClientFrames.PONG;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Hubs;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that want ping frames (RFC 6455 section 5.5.2) instead of the protocol's pings. */
@ExtendWith(LeakWatch.class)
class PingFrameTest {

  private static final byte[] NOTHING = new byte[0];

  private Vertx vertx;
  private int port;

  @BeforeEach
  void startWithShortTimes() {
    vertx = Vertx.vertx();
    Ports ports = Wait.on(MemoryPorts.create(vertx));
    var client =
        OptionReader.read(
            ClientOptions.class,
            Map.of("insecure", "true", "ping_interval", "1s", "pong_timeout", "500ms"));
    var channels = OptionReader.defaults(ChannelOptions.class);
    var hubs = new Hubs(vertx, ports, client, channels, new JwtVerifier(vertx, client.token()));
    var options = OptionReader.defaults(WebSocketOptions.class);
    var verticle =
        new ChatHubVerticle(
            new ChatHub(hubs, ports.membership(), client, options),
            new ListenAddress("127.0.0.1", 0));
    Wait.on(vertx.deployVerticle(verticle));
    port = verticle.actualPort();
  }

  @AfterEach
  void stop() {
    Wait.on(vertx.close());
  }

  private RawClient connected() throws IOException {
    var client = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH + "?cf_ws_frame_ping_pong=true");
    client.send(text("{\"id\":1,\"connect\":{}}"));
    String reply = client.frame().text();
    assertFalse(reply.contains("ping") || reply.contains("pong"), reply);
    return client;
  }

  @Test
  void pingsAreFramesAndAreAnsweredByFrames() throws IOException {
    try (RawClient client = connected()) {
      for (int pings = 0; pings < 3; pings++) {
        assertEquals(FIN | PING, client.frame().firstByte());
        client.send(frame(FIN | PONG, NOTHING));
      }
      client.send(text("{\"id\":2,\"rpc\":{}}"));
      assertEquals(2, client.frame().text().charAt("{\"id\":".length()) - '0');
    }
  }

  @Test
  void whoDoesNotAnswerIsClosed() throws IOException {
    try (RawClient client = connected()) {
      assertEquals(FIN | PING, client.frame().firstByte());
      assertEquals(3012, client.frame().closeCode());
    }
  }

  @Test
  void aPongOfTheProtocolAnswersNoPingFrame() throws IOException {
    try (RawClient client = connected()) {
      assertEquals(FIN | PING, client.frame().firstByte());
      client.send(text("{}"));
      assertEquals(3501, client.frame().closeCode());
    }
  }
}
