package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.FIN;
import static dev.carillon.chat.ClientFrames.TEXT;
import static dev.carillon.chat.ClientFrames.frame;
import static dev.carillon.chat.ClientFrames.header;
import static dev.carillon.chat.ClientFrames.text;
import static dev.carillon.chat.ClientFrames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.TokenIssuer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People chat through the whole module, while others misbehave. */
@ExtendWith(LeakWatch.class)
class ChatTest {

  private static final String ROOM = "chat:lobby";

  private Vertx vertx;
  private Ports ports;
  private ChatHub hub;
  private TokenIssuer issuer;
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    var client =
        OptionReader.read(
            ClientOptions.class,
            Map.of(
                "queue_max_size",
                "262144",
                "token.hmac_secret_key",
                "a secret of thirty-two characters"));
    issuer = new TokenIssuer(client.token());
    var channels = OptionReader.defaults(ChannelOptions.class).withDemo();
    var sockets = OptionReader.read(WebSocketOptions.class, Map.of("write_timeout", "1m"));
    ServedChat chat = ServedChat.start(vertx, client, channels, sockets);
    ports = chat.ports();
    hub = chat.hub();
    port = chat.port();
    // A second instance on the same port: clients are spread over two event loops.
    Wait.on(
        vertx.deployVerticle(
            () -> new ChatHubVerticle(hub, ServedChat.ANY_PORT), new DeploymentOptions()));
  }

  @AfterEach
  void stop() {
    Wait.on(vertx.close());
  }

  private RawClient join(String name, int receiveBuffer) throws IOException {
    return join(name, new RawClient(port, Wire.PLAIN, receiveBuffer));
  }

  private RawClient join(String name, RawClient client) throws IOException {
    client.open(ChatHub.PATH);
    long now = System.currentTimeMillis() / 1000;
    String token =
        issuer.connection(
            "guest:" + name, Bytes.utf8("{\"name\":\"" + name + "\"}"), Duration.ofMinutes(1), now);
    client.send(
        text(
            "{\"id\":1,\"connect\":{\"token\":\""
                + token
                + "\"}}\n{\"id\":2,\"subscribe\":{\"channel\":\""
                + ROOM
                + "\"}}"));
    until(client, "\"id\":2");
    return client;
  }

  /** Reads frames up to one with this text in it. */
  private static String until(RawClient client, String wanted) throws IOException {
    String text = client.frame().text();
    while (!text.contains(wanted)) {
      assertTrue(!text.contains("\"error\""), text);
      text = client.frame().text();
    }
    return text;
  }

  private static byte[] say(int id, String words) {
    return text(
        "{\"id\":"
            + id
            + ",\"publish\":{\"channel\":\""
            + ROOM
            + "\",\"data\":{\"text\":\""
            + words
            + "\"}}}");
  }

  @Test
  void whatOneSaysTheOtherHears() throws IOException {
    try (var ada = join("Ada", 0);
        var grace = join("Grace", 0)) {
      ada.send(say(3, "hello"));
      String heard = until(grace, "hello");
      assertTrue(heard.contains("\"offset\":1"), heard);
      assertTrue(heard.contains("\"name\":\"Ada\""), heard);
      grace.send(say(3, "hello back"));
      until(ada, "hello back");
      var row =
          ports.connections().records().stream()
              .filter(each -> each.user().equals("guest:Ada"))
              .findFirst()
              .orElseThrow();
      assertEquals("websocket", row.transport());
      assertTrue(row.address().startsWith("127.0.0.1:"));
    }
    Wait.until("both have left", () -> hub.connections() == 0);
    Wait.until("no rows are left", () -> ports.connections().count() == 0);
  }

  @Test
  void anAddressOfIpv6IsInBrackets() throws IOException {
    var verticle = new ChatHubVerticle(hub, new ListenAddress("::1", 0));
    Wait.on(vertx.deployVerticle(verticle));
    var server = new InetSocketAddress("::1", verticle.actualPort());
    try (var ada = join("Ada", new RawClient(server, Wire.PLAIN, 0))) {
      ada.send(say(3, "hello"));
      until(ada, "hello");
      String address = ports.connections().records().get(0).address();
      assertTrue(address.startsWith("[::1]:"), address);
    }
  }

  private void misbehaves(int code, byte[]... frames) throws IOException {
    try (var bad = join("Eve", 0)) {
      bad.send(frames);
      var frame = bad.frame();
      while (frame.firstByte() == 0x81) {
        frame = bad.frame();
      }
      assertEquals(code, frame.closeCode());
    }
  }

  @Test
  void whoeverMisbehavesIsClosedAndOthersGoOn() throws IOException {
    try (var ada = join("Ada", 0);
        var grace = join("Grace", 0)) {
      misbehaves(3501, text("this is not JSON"));
      misbehaves(3501, text(""));
      misbehaves(3501, text("{\"id\":9}"));
      misbehaves(1007, frame(FIN | TEXT, new byte[] {(byte) 0xFF}));
      misbehaves(1009, header(FIN | TEXT, 10 << 20, 8), new byte[1 << 18]);
      misbehaves(1002, frame(FIN | 0x30 | TEXT, utf8("x")));
      ada.send(frame(TEXT, utf8("")), frame(FIN, utf8("{\"id\":7,\"presence_stats\":")));
      // An empty first fragment is no misbehaviour, half a command is.
      var frame = ada.frame();
      while (frame.firstByte() == 0x81) {
        frame = ada.frame();
      }
      assertEquals(3501, frame.closeCode());
      try (var again = join("Ada", 0)) {
        again.send(say(3, "still here"));
        until(grace, "still here");
      }
    }
  }

  @Test
  void aSlowReaderIsClosedWith3008AndOthersHearEverything() throws IOException {
    try (var ada = join("Ada", 0);
        var slow = join("Slow", 4096);
        var grace = join("Grace", 0)) {
      String words = "x".repeat(16_000);
      int said = 0;
      while (hub.connections() == 3 && said < 2000) {
        said++;
        ada.send(say(3 + said, words + said + "."));
        until(grace, words + said + ".");
        until(ada, "\"id\":" + (3 + said));
        if (ports.connections().records().stream().noneMatch(r -> r.user().equals("guest:Slow"))) {
          break;
        }
      }
      assertTrue(said < 2000, "the slow one was closed");
      assertEquals(3008, lastCode(slow));
      ada.send(say(9999, "and on we go"));
      until(grace, "and on we go");
    }
  }

  private static int lastCode(RawClient client) throws IOException {
    try {
      var frame = client.frame();
      while (frame.firstByte() == 0x81) {
        frame = client.frame();
      }
      return frame.closeCode();
    } catch (EOFException | SocketException dropped) {
      return 1006;
    }
  }

  @Test
  void aNodeThatStopsSaysSo() throws IOException {
    try (var ada = join("Ada", 0)) {
      var stopping = vertx.close();
      assertEquals(3001, lastCode(ada));
      Wait.on(stopping);
    }
  }
}
