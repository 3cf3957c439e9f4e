package dev.carillon.admin;

import static dev.carillon.admin.AdminServer.PASSWORD;
import static dev.carillon.admin.AdminServer.SECRET;
import static dev.carillon.admin.AdminServer.done;
import static dev.carillon.admin.AdminServer.json;
import static dev.carillon.admin.AdminServer.password;
import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.broker.LocalMembership;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.session.ClientOptions;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.token.TokenIssuer;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The API over a real HTTP server, with two nodes in memory. */
@Timeout(180)
class AdminGatewayTest {

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final List<DisconnectSession> orders = new CopyOnWriteArrayList<>();
  private Ports n1;
  private Ports n2;
  private AdminServer server;

  @BeforeEach
  void start() throws Exception {
    n1 = done(cluster.joinRunning("n1", "admin-api", "http2-server"));
    n2 = done(cluster.joinRunning("n2", "tcp-echo"));
    n1.membership().announce(List.of("http://localhost:8000"));
    n2.links().onMessage(DisconnectSession.class, (from, order) -> orders.add(order));
    server = new AdminServer(vertx, n1);
  }

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  @Test
  void whoKnowsThePasswordGetsAToken() throws Exception {
    HttpResponse<String> answer = server.logIn(PASSWORD);
    assertEquals(200, answer.statusCode());
    assertEquals(900, json(answer).getInteger("ttl"));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    assertEquals(200, server.get("/nodes", json(answer).getString("token")).statusCode());
  }

  @Test
  void wrongPasswordsAreCountedAndThenNothingIsLookedAt() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = server.logIn("wrong " + i);
      assertEquals(401, answer.statusCode());
      assertEquals("wrong password", json(answer).getString("error"));
    }
    HttpResponse<String> waiting = server.logIn(PASSWORD);
    assertEquals(429, waiting.statusCode());
    assertEquals("20", waiting.headers().firstValue("Retry-After").orElse(""));
  }

  @Test
  void whoGoesOnGuessingDoesNotFillTheLog() throws Exception {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(AdminGateway.class);
    log.start();
    logger.addAppender(log);
    try {
      for (int i = 0; i < 50; i++) {
        server.logIn("wrong");
      }
    } finally {
      logger.detachAppender(log);
    }
    var lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertTrue(lines.contains("audit: wrong password from 127.0.0.1"), lines::toString);
    assertTrue(lines.contains("audit: too many attempts from 127.0.0.1"), lines::toString);
    assertTrue(lines.size() < 20, lines::toString);
  }

  @Test
  void wrongPasswordsThatComeTogetherAreCountedOneByOne() throws Exception {
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 30; i++) {
      HttpRequest request = server.request("/session").POST(password("wrong")).build();
      answers.add(server.http().sendAsync(request, BodyHandlers.ofString()));
    }
    int looked = 0;
    for (var answer : answers) {
      looked += answer.get(60, TimeUnit.SECONDS).statusCode() == 401 ? 1 : 0;
    }
    assertEquals(3, looked);
  }

  @Test
  void aTokenIsRefreshed() throws Exception {
    HttpResponse<String> answer = server.post("/session/refresh", server.token());
    assertEquals(200, answer.statusCode());
    assertEquals(200, server.get("/nodes", json(answer).getString("token")).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nodes",
    "GET,/connections",
    "GET,/channels",
    "GET,/info",
    "POST,/control/disconnect",
    "POST,/session/refresh",
    "POST,/connections/b/disconnect"
  })
  void withoutATokenNothingIsAnswered(String method, String path) throws Exception {
    var clients =
        new TokenIssuer(
            OptionReader.read(ClientOptions.class, Map.of("token.hmac_secret_key", SECRET))
                .token());
    long now = System.currentTimeMillis() / 1_000;
    String client = clients.connection("ada", Bytes.EMPTY, Duration.ofHours(1), now);
    for (String authorization : List.of("", "Bearer ", "Bearer x.y.z", "Bearer " + client)) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request(path)
                  .header("Authorization", authorization)
                  .method(method, BodyPublishers.noBody()));
      assertEquals(401, answer.statusCode(), authorization);
      assertEquals("not logged in", json(answer).getString("error"));
    }
    assertEquals(List.of(), orders);
  }

  @Test
  void theNodesAreShownTheOldestFirst() throws Exception {
    done(n1.sessions().put(List.of(row("a", n2, 1), row("b", n2, 2))));
    ((LocalMembership) n1.membership()).suspect(n2.membership().self(), true);
    JsonArray items = json(server.get("/nodes", server.token())).getJsonArray("items");
    assertEquals(2, items.size());
    JsonObject first = items.getJsonObject(0);
    assertEquals("n1", first.getString("name"));
    assertEquals("live", first.getString("state"));
    assertTrue(first.getBoolean("oldest"));
    assertTrue(first.getBoolean("self"));
    assertEquals(new JsonArray().add("http://localhost:8000"), first.getJsonArray("urls"));
    assertEquals(
        new JsonArray().add("admin-api").add("http2-server"), first.getJsonArray("verticles"));
    JsonObject second = items.getJsonObject(1);
    assertEquals(n2.membership().self().incarnation().toString(), second.getString("incarnation"));
    assertEquals("suspect", second.getString("state"));
    assertFalse(second.getBoolean("oldest"));
    assertFalse(second.getBoolean("self"));
    assertEquals(2, second.getInteger("connections"));
    assertEquals("core", second.getString("role"));
  }

  @Test
  void aConnectionIsShownWithAllItsColumns() throws Exception {
    done(n1.sessions().put(List.of(row("b", n2, 7))));
    JsonObject page = json(server.get("/connections", server.token()));
    assertEquals(1, page.getInteger("total"));
    assertEquals(1, page.getInteger("matched"));
    assertTrue(page.containsKey("next") && page.getValue("next") == null);
    JsonObject row = page.getJsonArray("items").getJsonObject(0);
    assertEquals(
        new JsonObject()
            .put("id", "b")
            .put("client", "js")
            .put("user", "user-b")
            .put("address", "10.0.0.1:40")
            .put("transport", "tcp")
            .put("node", "n2")
            .put("since", 7)
            .put("rtt_ms", null)
            .put("channels", 2)
            .put("bytes_in", 3)
            .put("bytes_out", 4)
            .put("messages_in", 5)
            .put("messages_out", 6),
        row);
  }

  @Test
  void thePagesHoldEveryConnectionOnceAndInOrder() throws Exception {
    var rows = new ArrayList<SessionRecord>();
    for (int i = 0; i < 250; i++) {
      rows.add(row("s" + i, n2, i / 3));
    }
    done(n1.sessions().put(rows));
    String token = server.token();
    var seen = new ArrayList<String>();
    var since = new ArrayList<Long>();
    String cursor = "";
    for (int pages = 1; cursor != null; pages++) {
      JsonObject page = json(server.get("/connections?limit=60&cursor=" + cursor, token));
      for (Object item : page.getJsonArray("items")) {
        seen.add(((JsonObject) item).getString("id"));
        since.add(((JsonObject) item).getLong("since"));
      }
      cursor = page.getString("next");
      assertTrue(pages <= 5);
    }
    assertEquals(250, seen.size());
    assertEquals(250, new HashSet<>(seen).size());
    var sorted = new ArrayList<>(since);
    sorted.sort(Comparator.reverseOrder());
    assertEquals(sorted, since);
  }

  @Test
  void theFilterIsAppliedOnTheServer() throws Exception {
    done(n1.sessions().put(List.of(row("a", n1, 1), row("b", n2, 2), row("c", n2, 3))));
    String query = URLEncoder.encode("node:n2 user:*-B", StandardCharsets.UTF_8);
    JsonObject page = json(server.get("/connections?q=" + query, server.token()));
    assertEquals(3, page.getInteger("total"));
    assertEquals(1, page.getInteger("matched"));
    assertEquals("b", page.getJsonArray("items").getJsonObject(0).getString("id"));
  }

  @Test
  void aFilterThatIsNotUnderstoodIsRefusedInWords() throws Exception {
    HttpResponse<String> answer = server.get("/connections?q=queue:7", server.token());
    assertEquals(400, answer.statusCode());
    assertEquals(
        "key queue (expected: address, client, node, transport, user)",
        json(answer).getString("error"));
  }

  @Test
  void disconnectReachesTheOwner() throws Exception {
    done(n1.sessions().put(List.of(row("b", n2, 1))));
    HttpResponse<String> answer = server.post("/connections/b/disconnect", server.token());
    assertEquals(202, answer.statusCode());
    assertEquals("{}", answer.body());
    eventually(
        () -> "orders " + orders,
        () -> orders.equals(List.of(new DisconnectSession("b", "operator"))));
  }

  @Test
  void aConnectionThatIsNotThereCannotBeDisconnected() throws Exception {
    HttpResponse<String> answer = server.post("/connections/nobody/disconnect", server.token());
    assertEquals(404, answer.statusCode());
    assertEquals("no such connection", json(answer).getString("error"));
  }

  @ParameterizedTest
  @CsvSource({
    "Origin,http://evil.example",
    "Origin,null",
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site"
  })
  void aPageOfAnotherOriginCannotChangeAnything(String header, String value) throws Exception {
    done(n1.sessions().put(List.of(row("b", n2, 1))));
    HttpResponse<String> answer =
        server.send(
            server
                .authorized("/connections/b/disconnect", server.token())
                .header(header, value)
                .POST(BodyPublishers.noBody()));
    assertEquals(403, answer.statusCode());
    assertEquals(
        403,
        server
            .send(server.request("/session").header(header, value).POST(password(PASSWORD)))
            .statusCode());
    assertEquals(List.of(), orders);
  }

  @Test
  void ourOwnPageCan() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/session")
                .header("Origin", "http://" + server.authority())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(password(PASSWORD)));
    assertEquals(200, answer.statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"password\":7}", "{\"password\":\"x\"} y"})
  void aLoginWithoutAPasswordIsABadRequest(String body) throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/session").POST(BodyPublishers.ofString(body)));
    assertEquals(400, answer.statusCode());
    assertTrue(json(answer).getString("error").startsWith("no password"));
  }

  @Test
  void anEndlessLoginIsRefused() throws Exception {
    HttpResponse<String> answer = server.logIn("x".repeat(100_000));
    assertEquals(413, answer.statusCode());
    assertNotEquals("", json(answer).getString("error"));
  }

  @Test
  void unknownPathsAreJsonErrorsAsWell() throws Exception {
    HttpResponse<String> answer = server.get("/nowhere", server.token());
    assertEquals(404, answer.statusCode());
    assertEquals("no such resource", json(answer).getString("error"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/session", "/connections/x/disconnect", "/control/disconnect"})
  void whatIsThereForAnotherMethodSaysForWhich(String path) throws Exception {
    HttpResponse<String> answer = server.get(path, server.token());
    assertEquals(405, answer.statusCode());
    assertEquals("GET (expected: POST)", json(answer).getString("error"));
    assertEquals("POST", answer.headers().firstValue("Allow").orElse(""));
    assertEquals(405, server.post("/nodes", server.token()).statusCode());
  }

  private static SessionRecord row(String id, Ports owner, long since) {
    Incarnation incarnation = owner.membership().self().incarnation();
    return new SessionRecord(
        id,
        incarnation,
        owner.membership().self().name(),
        "js",
        "user-" + id,
        "10.0.0.1:40",
        "tcp",
        since,
        new SessionStats(-1, 2, 3, 4, 5, 6));
  }
}
