package dev.carillon.chat;

import static dev.carillon.chat.ClientFrames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.broker.LocalMembership;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Hubs;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.TokenVerifier;
import dev.carillon.token.Verification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The route and the port of its own, without a word of the protocol. */
class ChatHubTest {

  private Vertx vertx;
  private Ports ports;
  private ChatHub hub;
  private String deployment = "";
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    ports = Wait.on(MemoryPorts.create(vertx));
    ports.membership().announce(List.of("http://localhost:8000", "https://Chat.Example.com:443/"));
    deploy(Map.of("allowed_origins", List.of("https://*.friends.example", "http://127.0.0.1:*")));
  }

  @AfterEach
  void stop() {
    Wait.on(vertx.close());
  }

  private void deploy(Map<String, ?> client) {
    var options = OptionReader.read(ClientOptions.class, client);
    var hubs =
        new Hubs(vertx, ports, options, OptionReader.defaults(ChannelOptions.class), new Nobody());
    hub =
        new ChatHub(
            hubs, ports.membership(), options, OptionReader.defaults(WebSocketOptions.class));
    var verticle = new ChatHubVerticle(hub, ServedChat.ANY_PORT);
    deployment = Wait.on(vertx.deployVerticle(verticle));
    port = verticle.actualPort();
  }

  private void redeploy(Map<String, ?> client) {
    // Servers of one Vert.x that ask for any port share it.
    Wait.on(vertx.undeploy(deployment));
    deploy(client);
  }

  private String answer(String request) throws IOException {
    try (var client = new RawClient(port, Wire.PLAIN)) {
      return client.send(request).head().lines().findFirst().orElse("");
    }
  }

  private String answerTo(String origin) throws IOException {
    return answer(RawClient.upgrade(ChatHub.PATH, "Origin: " + origin + "\r\n"));
  }

  @Test
  void aClientWithoutAnOriginPasses() throws IOException {
    assertEquals("HTTP/1.1 101 Switching Protocols", answer(RawClient.upgrade(ChatHub.PATH, "")));
  }

  @Test
  void aFencedNodeSendsNewClientsElsewhere() throws IOException {
    var membership = (LocalMembership) ports.membership();
    membership.fence(true);
    try (var client = new RawClient(port, Wire.PLAIN)) {
      var answer = client.send(RawClient.upgrade(ChatHub.PATH, "")).head();
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertTrue(answer.toLowerCase(Locale.ROOT).contains("retry-after: 1"), answer);
    }

    membership.fence(false);

    assertEquals("HTTP/1.1 101 Switching Protocols", answer(RawClient.upgrade(ChatHub.PATH, "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8000",
        "HTTP://LOCALHOST:8000",
        "https://chat.example.com",
        "https://a.friends.example",
        "http://127.0.0.1:9999"
      })
  void ownAndAllowedOriginsPass(String origin) throws IOException {
    assertEquals("HTTP/1.1 101 Switching Protocols", answerTo(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://localhost",
        "https://localhost:8000",
        "http://localhost:8000.evil.example",
        "http://evil.example/http://localhost:8000",
        "https://friends.example",
        "https://a.friends.example.evil.example",
        "https://chat.example.com.evil.example"
      })
  void everyOtherOriginIsRefused(String origin) throws IOException {
    assertEquals("HTTP/1.1 403 Forbidden", answerTo(origin));
  }

  @Test
  void theUrlsOfANodeThatJoinedLaterAreAllowed() throws IOException {
    assertEquals("HTTP/1.1 403 Forbidden", answerTo("http://localhost:8001"));
    ports.membership().announce(List.of("http://localhost:8001"));
    assertEquals("HTTP/1.1 101 Switching Protocols", answerTo("http://localhost:8001"));
  }

  @Test
  void anOrdinaryRequestIsToldToUpgrade() throws IOException {
    var request = "GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertEquals("HTTP/1.1 426 Upgrade Required", answer(request));
    assertEquals("HTTP/1.1 405 Method Not Allowed", answer(request.replace("GET", "POST")));
  }

  @Test
  void anUpgradeWithABodyIsRefused() throws IOException {
    assertEquals(
        "HTTP/1.1 400 Bad Request",
        answer(RawClient.upgrade(ChatHub.PATH, "Content-Length: 5\r\n") + "hello"));
    assertEquals(
        "HTTP/1.1 400 Bad Request",
        answer(RawClient.upgrade(ChatHub.PATH, "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"));
  }

  @Test
  void otherPathsAreNotFound() throws IOException {
    assertEquals("HTTP/1.1 404 Not Found", answer(RawClient.upgrade("/", "")));
  }

  @Test
  void garbageIsABadRequestAndOneLineOfLog() throws IOException {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(ChatListener.class);
    log.start();
    logger.addAppender(log);
    try {
      assertEquals("HTTP/1.0 400 Bad Request", answer("gargoyle\0\1\2\r\n\r\n"));
      Wait.until("it is in the log", () -> !log.list.isEmpty());
    } finally {
      logger.detachAppender(log);
    }
    assertEquals(1, log.list.size(), log.list::toString);
    String line = log.list.get(0).getFormattedMessage();
    assertTrue(line.contains(": what came is malformed") && !line.contains("gargoyle"), line);
  }

  @Test
  void connectionsBeyondTheLimitGet503UntilOneLeaves() throws IOException {
    redeploy(Map.of("connection_limit", "2"));
    try (var first = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH)) {
      try (var second = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH)) {
        assertEquals(2, hub.connections());
        assertEquals(
            "HTTP/1.1 503 Service Unavailable", answer(RawClient.upgrade(ChatHub.PATH, "")));
        second.send(ClientFrames.close(1000, ""));
        assertEquals(1000, second.frame().closeCode());
      }
      Wait.until("one has left", () -> hub.connections() == 1);
      assertTrue(answer(RawClient.upgrade(ChatHub.PATH, "")).contains(" 101 "));
    }
    Wait.until("all have left", () -> hub.connections() == 0);
  }

  @Test
  void connectionsThatComeTooFastGet503() throws IOException {
    redeploy(Map.of("connection_rate_limit", "1"));
    // A slow machine may let some pass before two of them come within a second.
    Wait.until("one is refused", () -> opening().contains(" 503 "));
    Wait.until("one comes later", () -> opening().contains(" 101 "));
  }

  private String opening() {
    try {
      return answer(RawClient.upgrade(ChatHub.PATH, ""));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void connectionsOfOneAddressBeyondItsLimitGet429() throws IOException {
    redeploy(Map.of("address_connection_limit", "1", "address_connection_rate_limit", "1000"));
    try (var first = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH)) {
      assertEquals("HTTP/1.1 429 Too Many Requests", answer(RawClient.upgrade(ChatHub.PATH, "")));
      first.send(ClientFrames.close(1000, ""));
      assertEquals(1000, first.frame().closeCode());
    }
    Wait.until("it has left", () -> hub.connections() == 0);
    assertTrue(answer(RawClient.upgrade(ChatHub.PATH, "")).contains(" 101 "));
  }

  @Test
  void aHeaderOfTheProxySaysWhoConnects() throws IOException {
    redeploy(Map.of("user_id_http_header", "X-User-Id"));
    try (var client = new RawClient(port, Wire.PLAIN)) {
      client.send(RawClient.upgrade(ChatHub.PATH, "x-user-id: ann\r\n"));
      assertTrue(client.head().contains(" 101 "));
      client.send(text("{\"id\":1,\"connect\":{}}"));
      assertTrue(client.frame().text().contains("\"connect\":{\"client\""));
      assertEquals("ann", ports.connections().records().get(0).user());
    }
    try (var client = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH)) {
      client.send(text("{\"id\":1,\"connect\":{}}"));
      assertEquals(3501, client.frame().closeCode());
    }
    String twice = "X-User-Id: ann\r\nX-User-Id: bob\r\n";
    assertEquals("HTTP/1.1 400 Bad Request", answer(RawClient.upgrade(ChatHub.PATH, twice)));
  }

  @Test
  void aHeaderThatNobodyAskedForSaysNothing() throws IOException {
    try (var client = new RawClient(port, Wire.PLAIN)) {
      client.send(RawClient.upgrade(ChatHub.PATH, "X-User-Id: ann\r\n"));
      assertTrue(client.head().contains(" 101 "));
      client.send(text("{\"id\":1,\"connect\":{}}"));
      assertEquals(3501, client.frame().closeCode());
    }
  }

  @Test
  void aRefusedUpgradeLeavesTheConnectionUsable() throws IOException {
    try (var client = new RawClient(port, Wire.PLAIN)) {
      client.send(RawClient.upgrade(ChatHub.PATH, "Origin: http://evil.example\r\n"));
      client.head();
      assertEquals("origin not allowed\n", client.body(19));
      client.open(ChatHub.PATH);
    }
  }

  @Test
  void anEmptyMessageIsABadRequest() throws IOException {
    try (var client = new RawClient(port, Wire.PLAIN).open(ChatHub.PATH)) {
      var last = client.send(text("")).frame();
      assertEquals(3501, last.closeCode());
      assertEquals("bad request", last.closeReason());
    }
  }

  @Test
  void aClientThatTakesNothingIsCountedAsAWriteError() throws IOException {
    redeploy(Map.of("insecure", "true", "queue_max_size", "100000000"));
    try (var deaf = new RawClient(port, Wire.PLAIN, 4096).open(ChatHub.PATH)) {
      deaf.send(text("{\"id\":1,\"connect\":{}}"));
      deaf.send(text("{\"id\":2,\"subscribe\":{\"channel\":\"loud\"}}"));
      String loud = "{\"id\":3,\"publish\":{\"channel\":\"loud\",\"data\":\"" + "x".repeat(60_000);
      Wait.until("subscribed", () -> ports.connections().records().get(0).stats().channels() == 1);
      for (int i = 0; i < 200 && hub.connections() == 1; i++) {
        deaf.send(text(loud + "\"}}"));
      }
      Wait.until("it is dropped", () -> hub.connections() == 0);
    } catch (SocketException dropped) {
      // While it was still sending.
    }
    Wait.until("it is counted", () -> disconnects("3009") == 1);
  }

  private double disconnects(String code) {
    return ports.meters().get("carillon.disconnects").tag("code", code).counter().count();
  }

  @Test
  void aVerticleInAProcessWithAServerOpensNothing() {
    var verticle = new ChatHubVerticle(hub);
    Wait.on(vertx.deployVerticle(verticle));
    assertEquals(0, verticle.actualPort());
  }

  /** No token is good. */
  private static final class Nobody implements TokenVerifier {
    @Override
    public Future<Verification<ConnectionToken>> connection(String token, long now) {
      return Future.succeededFuture(new Verification.Invalid<>("nobody"));
    }

    @Override
    public Future<Verification<SubscriptionToken>> subscription(String token, long now) {
      return Future.succeededFuture(new Verification.Invalid<>("nobody"));
    }
  }
}
