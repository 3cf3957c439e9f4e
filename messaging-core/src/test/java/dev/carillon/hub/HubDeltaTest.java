package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.delta.FossilPatch;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Patches on their way to the subscribers of one event loop. */
class HubDeltaTest {

  private static final String CHANNEL = "\"channel\":\"rates:x\"";
  private static final Map<String, Object> RATES =
      Map.of(
          "name",
          "rates",
          "history_size",
          10,
          "history_ttl",
          "1m",
          "force_recovery",
          true,
          "allowed_delta_types",
          List.of("fossil"),
          "delta_publish",
          true);

  private final Vertx vertx = Vertx.vertx();
  private final Hub hub = hub();
  private final TestClient publisher = connect();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aPatchIsEncodedAndFramedOnceForAllWhoHaveItsBase() {
    List<TestClient> clients = IntStream.range(0, 4).mapToObj(i -> subscribe(true)).toList();
    publish(1);
    clients.forEach(client -> client.await("\"offset\":1"));
    publish(2);
    List<ByteBuf> frames = new ArrayList<>();
    for (TestClient client : clients) {
      String push = client.await("\"offset\":2");
      assertTrue(push.contains("\"delta\":true"), push);
      frames.add(client.framed.get(client.frames.indexOf(push)));
    }
    frames.forEach(frame -> assertSame(frames.get(0), frame));
  }

  @Test
  void everybodyGetsThePayloadThatWasPublished() {
    TestClient plain = subscribe(false);
    TestClient first = subscribe(true);
    publish(1);
    first.await("\"offset\":1");
    TestClient second = subscribe(true);
    publish(2);
    second.await("\"offset\":2");
    publish(3);
    for (TestClient client : List.of(plain, first, second)) {
      client.await("\"offset\":3");
    }
    assertEquals(List.of(payload(1), payload(2), payload(3)), read(first));
    assertEquals(List.of(payload(2), payload(3)), read(second));
    assertTrue(plain.frames.stream().noneMatch(frame -> frame.contains("\"delta\":true")));
    assertTrue(plain.await("\"offset\":3").contains("\"data\":" + payload(3)));
  }

  @Test
  void theFirstPublicationIsTextAndWhole() {
    TestClient client = subscribe(true);
    publish(1);
    JsonObject push = publication(client.await("\"offset\":1"));
    assertEquals(payload(1), push.getString("data"));
    assertFalse(push.containsKey("delta"));
  }

  @Test
  void aClientThatRecoversGoesOnWithPatches() {
    TestClient first = subscribe(true);
    String epoch = subscribed(first).getString("epoch");
    for (int i = 1; i <= 3; i++) {
      publish(i);
    }
    first.await("\"offset\":3");
    TestClient back = connect();
    back.send(
        "{\"id\":2,\"subscribe\":{"
            + CHANNEL
            + ",\"delta\":\"fossil\",\"recover\":true,\"epoch\":\""
            + epoch
            + "\",\"offset\":1}}");
    JsonObject reply = subscribed(back);
    publish(4);
    back.await("\"offset\":4");
    assertEquals(2, reply.getJsonArray("publications").size());
    assertTrue(publication(back.await("\"offset\":4")).getBoolean("delta"));
    assertEquals(List.of(payload(2), payload(3), payload(4)), read(back));
  }

  /** All payloads that a client was sent, with the patches applied. */
  private static List<String> read(TestClient client) {
    List<String> payloads = new ArrayList<>();
    for (String frame : client.frames) {
      var reply = new JsonObject(frame);
      if (reply.containsKey("subscribe")) {
        var recovered = reply.getJsonObject("subscribe").getJsonArray("publications");
        for (int i = 0; recovered != null && i < recovered.size(); i++) {
          payloads.add(payload(payloads, recovered.getJsonObject(i)));
        }
      } else if (reply.containsKey("push")) {
        payloads.add(payload(payloads, publication(frame)));
      }
    }
    return payloads;
  }

  private static String payload(List<String> before, JsonObject publication) {
    String data = publication.getString("data");
    return publication.getBoolean("delta", false)
        ? FossilPatch.apply(Bytes.utf8(before.get(before.size() - 1)), Bytes.utf8(data)).asUtf8()
        : data;
  }

  private static JsonObject publication(String frame) {
    return new JsonObject(frame).getJsonObject("push").getJsonObject("pub");
  }

  private static JsonObject subscribed(TestClient client) {
    return new JsonObject(client.await("{\"id\":2,\"subscribe\"")).getJsonObject("subscribe");
  }

  private static String payload(int number) {
    return "{\"rate\":" + number + ",\"rest\":\"the same in every publication, as rates are\"}";
  }

  private void publish(int number) {
    String data = payload(number);
    publisher.send(
        "{\"id\":" + (9 + number) + ",\"publish\":{" + CHANNEL + ",\"data\":" + data + "}}");
    publisher.await("{\"id\":" + (9 + number) + ",\"publish\":{}}");
  }

  private TestClient subscribe(boolean delta) {
    TestClient client = connect();
    String wish = delta ? ",\"delta\":\"fossil\"" : "";
    client.send("{\"id\":2,\"subscribe\":{" + CHANNEL + wish + "}}");
    client.await("{\"id\":2,\"subscribe\":{");
    return client;
  }

  private TestClient connect() {
    TestClient client = TestClient.open(hub);
    client.send("{\"id\":1,\"connect\":{}}");
    return client;
  }

  private Hub hub() {
    var ports = new MemoryPorts(vertx).join("n1").toCompletionStage().toCompletableFuture().join();
    var client = OptionReader.read(ClientOptions.class, Map.of("insecure", true));
    var channels = OptionReader.read(ChannelOptions.class, Map.of("namespaces", List.of(RATES)));
    var hubs = new Hubs(vertx, ports, client, channels, new JwtVerifier(vertx, client.token()));
    return TestClient.on(vertx.getOrCreateContext(), hubs::here);
  }
}
