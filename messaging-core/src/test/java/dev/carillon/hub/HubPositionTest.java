package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients are told on the wire about positions, and about what they do not get. */
class HubPositionTest {

  private static final Map<String, Object> NEWS =
      Map.of(
          "name",
          "news",
          "history_size",
          10,
          "history_ttl",
          "1h",
          "force_recovery",
          true,
          "allow_tags_filter",
          true);
  private static final Map<String, Object> STATE =
      Map.of(
          "name",
          "state",
          "history_size",
          1,
          "history_ttl",
          "1h",
          "force_recovery",
          true,
          "force_recovery_mode",
          "cache",
          "auto_cache_recover",
          true,
          "allowed_delta_types",
          List.of("fossil"));
  private static final Map<String, Object> ASKED =
      Map.of("name", "asked", "history_size", 10, "history_ttl", "1h");
  private static final Map<String, Object> LIVE = Map.of("name", "live");

  private final Vertx vertx = Vertx.vertx();
  private final Ports ports =
      new MemoryPorts(vertx).join("n1").toCompletionStage().toCompletableFuture().join();
  private final Hub hub = hub();
  private int ids = 1;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void everyPositionedSubscribeReplyTellsTheEpoch() {
    TestClient client = connect("");
    for (String wish :
        List.of(
            "news:a",
            "news:b\",\"recover\":true,\"recoverable\":true,\"offset\":7,\"epoch\":\"old",
            "news:c\",\"recover\":true,\"recoverable\":true,\"epoch\":\"",
            "state:a",
            "state:b\",\"delta\":\"fossil",
            "asked:a\",\"positioned\":true,\"epoch\":\"",
            "asked:b\",\"recoverable\":true,\"epoch\":\"")) {
      JsonObject reply = subscribe(client, "\"channel\":\"" + wish + '"');
      assertEquals(8, reply.getString("epoch", "").length(), wish + ": " + reply);
    }
    assertFalse(subscribe(client, "\"channel\":\"asked:c\"").containsKey("epoch"));
    assertFalse(
        subscribe(client, "\"channel\":\"live:a\",\"positioned\":true").containsKey("epoch"));
  }

  @Test
  void soDoServerSideSubscriptions() {
    TestClient client = connect("\"subs\":{\"news:a\":{},\"state:a\":{},\"live:a\":{}}");
    JsonObject subs =
        new JsonObject(client.await("\"connect\"")).getJsonObject("connect").getJsonObject("subs");
    assertEquals(8, subs.getJsonObject("news:a").getString("epoch").length());
    assertEquals(8, subs.getJsonObject("state:a").getString("epoch").length());
    assertFalse(subs.getJsonObject("live:a").containsKey("epoch"));
  }

  @Test
  void theFirstPublicationTellsTheEpochAndNoOther() {
    TestClient positioned = connect("");
    String epoch =
        subscribe(positioned, "\"channel\":\"asked:a\",\"positioned\":true").getString("epoch");
    TestClient other = connect("");
    subscribe(other, "\"channel\":\"asked:a\"");
    for (int i = 1; i <= 2; i++) {
      positioned.send(
          "{\"id\":" + (100 + i) + ",\"publish\":{\"channel\":\"asked:a\",\"data\":" + i + "}}");
    }
    for (TestClient client : List.of(positioned, other)) {
      assertEquals(epoch, publication(client, 1).getString("epoch"));
      assertFalse(publication(client, 2).containsKey("epoch"));
      assertEquals(2, publication(client, 2).getLong("offset"));
    }
  }

  @Test
  void whatATagsFilterWithholdsIsCounted() {
    TestClient client = connect("");
    String epoch =
        subscribe(
                client,
                "\"channel\":\"news:a\",\"tf\":{\"key\":\"kind\",\"cmp\":\"eq\",\"val\":\"big\"}")
            .getString("epoch");
    long now = System.currentTimeMillis();
    spread("news:a", 1, epoch, now);
    spread("news:a", 2, epoch, now);
    eventually(() -> "withheld " + withheld(), () -> withheld() == 2);
    assertNull(client.find("\"pub\""));
  }

  @Test
  void aPublicationThatWasUnderWayForTooLongEndsPositionedSubscriptions() {
    TestClient positioned = connect("");
    String epoch =
        subscribe(positioned, "\"channel\":\"asked:a\",\"positioned\":true").getString("epoch");
    TestClient plain = connect("");
    subscribe(plain, "\"channel\":\"asked:a\"");
    TestClient serverSide = connect("\"subs\":{\"news:a\":{}}");
    String news = serverSide.await("\"news:a\"").replaceAll(".*\"epoch\":\"([^\"]+)\".*", "$1");
    long now = System.currentTimeMillis();
    spread("asked:a", 1, epoch, now);
    positioned.await("\"pub\"");
    spread("asked:a", 2, epoch, now - 60_000);
    assertTrue(positioned.await("\"unsubscribe\"").contains("\"code\":2500"));
    plain.await("\"offset\":2");
    spread("news:a", 1, news, now - 60_000);
    assertEquals(Disconnect.INSUFFICIENT_STATE, serverSide.awaitClose());
    assertNull(positioned.closed);
  }

  private void spread(String channel, long offset, String epoch, long time) {
    var publication = new Publication(offset, epoch, Bytes.utf8("1"), null, Map.of(), time);
    ports.broker().spread(channel, publication);
  }

  private double withheld() {
    return ports.meters().get("carillon.publications.withheld").counter().count();
  }

  private JsonObject subscribe(TestClient client, String wish) {
    int id = ++ids;
    client.send("{\"id\":" + id + ",\"subscribe\":{" + wish + "}}");
    return new JsonObject(client.await("{\"id\":" + id + ",\"subscribe\""))
        .getJsonObject("subscribe");
  }

  private static JsonObject publication(TestClient client, int data) {
    return new JsonObject(client.await("\"pub\":{\"data\":" + data))
        .getJsonObject("push")
        .getJsonObject("pub");
  }

  private TestClient connect(String wish) {
    TestClient client = TestClient.open(hub);
    client.send("{\"id\":1,\"connect\":{" + wish + "}}");
    client.await("{\"id\":1,\"connect\"");
    return client;
  }

  private Hub hub() {
    var client =
        OptionReader.read(
            ClientOptions.class, Map.of("insecure", true, "channel_position_max_time_lag", "30s"));
    var channels =
        OptionReader.read(
            ChannelOptions.class, Map.of("namespaces", List.of(NEWS, STATE, ASKED, LIVE)));
    var hubs = new Hubs(vertx, ports, client, channels, new JwtVerifier(vertx, client.token()));
    return TestClient.on(vertx.getOrCreateContext(), hubs::here);
  }
}
