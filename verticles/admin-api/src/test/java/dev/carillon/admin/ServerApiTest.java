package dev.carillon.admin;

import static dev.carillon.admin.AdminServer.done;
import static dev.carillon.admin.AdminServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.control.ChannelCounts;
import dev.carillon.control.ChannelsQuestion;
import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.NodeStats;
import dev.carillon.control.Order;
import dev.carillon.control.OrderDone;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.StatsQuestion;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.Target;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.port.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Orders and questions over a real HTTP server, and what reaches two nodes in memory of them. */
@Timeout(180)
class ServerApiTest {

  private static final Target ANN = Target.user("ann");

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private AdminServer server;
  private Ports n1;
  private Ports n2;
  private String token;

  @BeforeEach
  void start() throws Exception {
    n1 = done(cluster.join("n1"));
    n2 = done(cluster.join("n2"));
    obey(n1, 1);
    obey(n2, 2);
    server = new AdminServer(vertx, n1);
    token = server.token();
  }

  /** The node notes what it is ordered, and says that so many of its connections were meant. */
  private void obey(Ports node, int connections) {
    for (var type :
        List.of(
            DisconnectOrder.class,
            UnsubscribeOrder.class,
            SubscribeOrder.class,
            RefreshOrder.class)) {
      node.links()
          .onQuery(
              type,
              order -> {
                orders.add(order);
                return Future.succeededFuture(new OrderDone(connections));
              });
    }
  }

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  @Test
  void anOrderReachesAllNodesAndTheAnswerSaysHowManyConnectionsWereMeantWhere() throws Exception {
    JsonObject answer = ordered("disconnect", "{\"user\":\"ann\"}");
    assertEquals(
        new JsonObject()
            .put("connections", 3)
            .put(
                "nodes",
                new JsonArray()
                    .add(new JsonObject().put("name", "n1").put("connections", 1))
                    .add(new JsonObject().put("name", "n2").put("connections", 2)))
            .put("silent", new JsonArray()),
        answer);
    var order = new DisconnectOrder(ANN, 3503, "force disconnect", List.of());
    assertEquals(List.of(order, order), orders);
  }

  @Test
  void aDisconnectMayHaveACodeAndSpareSome() throws Exception {
    ordered(
        "disconnect",
        """
        {"user": "ann", "client": "c1", "whitelist": ["c2", "c3"],
         "disconnect": {"code": 4500, "reason": "banned"}}
        """);
    var target = new Target("ann", "c1");
    assertEquals(new DisconnectOrder(target, 4500, "banned", List.of("c2", "c3")), orders.get(0));
    ordered("disconnect", "{\"user\":\"\",\"disconnect\":{\"code\":3000}}");
    assertEquals(new DisconnectOrder(Target.user(""), 3000, "", List.of()), orders.get(2));
  }

  @Test
  void anUnsubscribeIsFromOneChannelOrFromAll() throws Exception {
    ordered("unsubscribe", "{\"user\":\"ann\",\"channel\":\"chat:lobby\"}");
    ordered("unsubscribe", "{\"user\":\"ann\"}");
    assertEquals(new UnsubscribeOrder(ANN, "chat:lobby"), orders.get(0));
    assertEquals(new UnsubscribeOrder(ANN, ""), orders.get(2));
  }

  @Test
  void aSubscribeSaysWhatTheSubscriptionHas() throws Exception {
    ordered("subscribe", "{\"user\":\"ann\",\"channel\":\"news\"}");
    ordered(
        "subscribe",
        """
        {"user": "ann", "channel": "news", "expire_at": 253402300799,
         "info": {"b":1.10}, "data": [ 1],
         "recover_since": {"offset": 7, "epoch": "e"},
         "override": {"presence": {"value": true}, "force_recovery": {"value": false}}}
        """);
    var override = new OptionOverride(true, null, null, null, false);
    var grant = new SubscriptionGrant(Bytes.utf8("{\"b\":1.10}"), Bytes.utf8("[ 1]"), override);
    var since = new StreamPosition(7, "e");
    assertEquals(new SubscribeOrder(ANN, "news", SubscriptionGrant.PLAIN, 0, null), orders.get(0));
    assertEquals(new SubscribeOrder(ANN, "news", grant, 253_402_300_799L, since), orders.get(2));
  }

  @Test
  void aRefreshSaysUntilWhenOrThatItIsOver() throws Exception {
    ordered("refresh", "{\"user\":\"ann\",\"expire_at\":253402300799,\"info\":{}}");
    ordered("refresh", "{\"user\":\"ann\",\"expired\":true}");
    assertEquals(new RefreshOrder(ANN, false, 253_402_300_799L, Bytes.utf8("{}")), orders.get(0));
    assertEquals(new RefreshOrder(ANN, true, 0, null), orders.get(2));
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamed() throws Exception {
    done(cluster.join("n3"));
    JsonObject answer = ordered("disconnect", "{\"user\":\"ann\"}");
    assertEquals(3, answer.getInteger("connections"));
    assertEquals(new JsonArray().add("n3"), answer.getJsonArray("silent"));
    JsonArray all = new JsonArray().add("n1").add("n2").add("n3");
    assertEquals(all, got("/info").getJsonArray("silent"));
    assertEquals(all, got("/channels").getJsonArray("silent"));
  }

  @Test
  void whoOrderedWhatIsWrittenToTheLogButNoPayload() throws Exception {
    done(cluster.join("n3"));
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(ServerApi.class);
    log.start();
    logger.addAppender(log);
    try {
      ordered("disconnect", "{\"user\":\"a\\nb\",\"client\":\"c1\",\"whitelist\":[\"c2\"]}");
      ordered("unsubscribe", "{\"user\":\"\"}");
      ordered("subscribe", "{\"user\":\"ann\",\"channel\":\"news\",\"data\":\"secret\"}");
      ordered("refresh", "{\"user\":\"ann\",\"expire_at\":253402300799,\"info\":\"secret\"}");
    } finally {
      logger.detachAppender(log);
    }
    String who = "audit: operator from 127.0.0.1 orders ";
    String first = "disconnect 3503 (force disconnect) of client c1 of user a?b but 1 clients";
    var lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertEquals(
        List.of(
            who + first,
            "no answer from n3 to: " + first,
            who + "unsubscribe from all channels of the anonymous user",
            "no answer from n3 to: unsubscribe from all channels of the anonymous user",
            who + "subscribe to news of user ann",
            "no answer from n3 to: subscribe to news of user ann",
            who + "refresh, expires at 253402300799, of user ann",
            "no answer from n3 to: refresh, expires at 253402300799, of user ann"),
        lines);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "bad-orders.txt", delimiter = '|', quoteCharacter = '`')
  void whatIsWrongIsSaidWithItsNameItsValueAndWhatWasExpected(
      String order, String body, String error) throws Exception {
    HttpResponse<String> answer = server.post("/control/" + order, token, body);
    assertEquals(error, json(answer).getString("error"));
    assertEquals(400, answer.statusCode());
    assertEquals(List.of(), orders);
  }

  @ParameterizedTest
  @CsvSource({"subscribe,'\"channel\":\"b\",'", "refresh,''"})
  void aTimeThatIsOverAlreadyIsRefused(String order, String more) throws Exception {
    String body = "{\"user\":\"a\"," + more + "\"expire_at\":7}";
    HttpResponse<String> answer = server.post("/control/" + order, token, body);
    assertEquals(400, answer.statusCode());
    String error = json(answer).getString("error");
    assertTrue(error.matches("expire_at 7 \\(expected: later than now, \\d+, or 0 .*"), error);
  }

  @Test
  void whatIsTooLongIsRefusedAndItsExcerptIsShort() throws Exception {
    String reason = "{\"user\":\"a\",\"disconnect\":{\"code\":4500,\"reason\":\"%s\"}}";
    ordered("disconnect", reason.formatted("é".repeat(61)));
    assertError("disconnect", reason.formatted("é".repeat(62)), 400, "disconnect.reason é");
    String spared = "{\"user\":\"a\",\"whitelist\":[%s]}";
    String most = "\"c\",".repeat(OrderJson.MAX_SPARED - 1) + "\"c\"";
    ordered("disconnect", spared.formatted(most));
    assertError(
        "disconnect", spared.formatted("\"c\"," + most), 400, "whitelist of more than 1000");
    String large = "{\"user\":\"" + "x".repeat(OrderJson.MAX_BODY_BYTES) + "\"}";
    assertError("refresh", large, 413, "body too large (expected: at most 65536 bytes)");
    String error = assertError("refresh", "{\"" + "x".repeat(999) + "\":1}", 400, "field xxx");
    assertTrue(error.length() < 200, error);
  }

  private String assertError(String order, String body, int status, String start) throws Exception {
    HttpResponse<String> answer = server.post("/control/" + order, token, body);
    String error = json(answer).getString("error");
    assertTrue(error.startsWith(start), error);
    assertEquals(status, answer.statusCode());
    return error;
  }

  @Test
  void thePagesOfTheChannelsHoldEachOnceInOrderWithTheSubscribersOfAllNodes() throws Exception {
    var expected = new TreeMap<String, Integer>();
    var first = new TreeMap<String, Integer>();
    var second = new TreeMap<String, Integer>();
    for (int i = 0; i < 50; i++) {
      (i % 3 == 0 ? first : second).merge("room:" + i, 2, Integer::sum);
      first.merge("both:" + i, 1, Integer::sum);
      second.merge("both:" + i, i, Integer::sum);
    }
    first.forEach((name, count) -> expected.merge(name, count, Integer::sum));
    second.forEach((name, count) -> expected.merge(name, count, Integer::sum));
    list(n1, first);
    list(n2, second);
    var seen = new ArrayList<String>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page = got("/channels?limit=7&cursor=" + cursor);
      for (Object item : page.getJsonArray("items")) {
        var row = (JsonObject) item;
        seen.add(row.getString("channel") + " " + row.getInteger("num_clients"));
      }
      cursor = page.getString("next");
      assertTrue(seen.size() <= 100, seen::toString);
    }
    assertEquals(
        expected.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList(), seen);
  }

  @Test
  void thePatternReachesTheNodes() throws Exception {
    var asked = new CopyOnWriteArrayList<ChannelsQuestion>();
    n2.links()
        .onQuery(
            ChannelsQuestion.class,
            question -> {
              asked.add(question);
              return Future.succeededFuture(new ChannelCounts(Map.of(), true));
            });
    assertEquals(new JsonArray(), got("/channels?pattern=chat:*").getJsonArray("items"));
    assertEquals(List.of(new ChannelsQuestion("chat:*", "", 101)), asked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=0      | limit 0 (expected: 1 to 500)
          patern=a     | parameter patern (expected: pattern, limit, cursor)
          cursor=x     | cursor of another query (expected: next of the page before)
          """)
  void aListThatIsNotUnderstoodIsRefused(String query, String error) throws Exception {
    HttpResponse<String> answer = server.get("/channels?" + query, token);
    assertEquals(400, answer.statusCode());
    assertEquals(error, json(answer).getString("error"));
  }

  @Test
  void theInfoOfEachNodeHasTheNamesOfTheServerApi() throws Exception {
    n2.links()
        .onQuery(
            StatsQuestion.class,
            question -> Future.succeededFuture(new NodeStats(3, 2, 1, 4, 61_900)));
    JsonObject info = got("/info");
    var self = n2.membership().self();
    assertEquals(
        new JsonArray()
            .add(
                new JsonObject()
                    .put("uid", self.incarnation().toString())
                    .put("name", "n2")
                    .put("version", self.version())
                    .put("num_clients", 3)
                    .put("num_users", 2)
                    .put("num_channels", 1)
                    .put("num_subs", 4)
                    .put("uptime", 61)),
        info.getJsonArray("nodes"));
    assertEquals(new JsonArray().add("n1"), info.getJsonArray("silent"));
  }

  /** The node lists its channels, and no more than it is asked for. */
  private static void list(Ports node, NavigableMap<String, Integer> channels) {
    node.links()
        .onQuery(
            ChannelsQuestion.class,
            question -> {
              var listed = new TreeMap<>(channels.tailMap(question.after(), false));
              boolean complete = listed.size() <= question.limit();
              while (listed.size() > question.limit()) {
                listed.pollLastEntry();
              }
              return Future.succeededFuture(new ChannelCounts(listed, complete));
            });
  }

  private JsonObject ordered(String order, String body) throws Exception {
    HttpResponse<String> answer = server.post("/control/" + order, token, body);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer);
  }

  private JsonObject got(String path) throws Exception {
    HttpResponse<String> answer = server.get(path, token);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer);
  }
}
