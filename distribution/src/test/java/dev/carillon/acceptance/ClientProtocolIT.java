package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol as the real client understands it, see docs/PROTOCOL.md. */
class ClientProtocolIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess node;
  private static SdkHost host;

  @BeforeAll
  static void startOneNodeWithShortTimes() throws IOException {
    node =
        NODES
            .start(
                "n1",
                "--set",
                "client.ping_interval=5s",
                "--set",
                "client.pong_timeout=4s",
                "--set",
                "client.stale_close_delay=5s")
            .awaitReady();
    host = new SdkHost();
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @Test
  void peopleSeeWhoIsThereWhoComesAndWhoGoes() {
    String channel = "chat:people";
    SdkClient ada = guest("Ada");
    ada.subscribe(channel);
    SdkClient bob = guest("Bob");
    bob.subscribe(channel);
    JsonObject clients = ada.presence(channel).getJsonObject("clients");
    List<String> names =
        clients.fieldNames().stream()
            .map(id -> clients.getJsonObject(id).getJsonObject("connInfo").getString("name"))
            .sorted()
            .toList();
    assertEquals(List.of("Ada", "Bob"), names);
    assertEquals(2, ada.presenceStats(channel).getInteger("numClients"));
    awaitInfo(ada, "join", "Bob");
    bob.disconnect();
    awaitInfo(ada, "leave", "Bob");
    assertEquals(1, ada.presenceStats(channel).getInteger("numClients"));
  }

  @Test
  void whatWasMissedIsRecoveredAndNothingElse() {
    String channel = "chat:recovery";
    SdkClient ada = guest("Ada2");
    ada.subscribe(channel);
    SdkClient bob = guest("Bob2");
    bob.subscribe(channel);
    ada.publish(channel, "first").join();
    await(bob, channel, "first");
    bob.disconnect();
    ada.publish(channel, "second").join();
    ada.publish(channel, "third").join();
    bob.reconnect();
    await(bob, channel, "third");
    assertEquals(
        List.of(new Received(1, "first"), new Received(2, "second"), new Received(3, "third")),
        bob.publications(channel));
    JsonObject again = bob.events("subscribed").get(1);
    assertTrue(again.getBoolean("wasRecovering") && again.getBoolean("recovered"), again.encode());
  }

  @Test
  void historyGivesTheNewestOrTheOldestAsAsked() {
    String channel = "chat:history";
    SdkClient ada = guest("Ada3");
    ada.subscribe(channel);
    for (String text : List.of("one", "two", "three")) {
      ada.publish(channel, text).join();
    }
    JsonObject history = ada.history(channel, 2);
    List<String> texts =
        history.getJsonArray("publications").stream()
            .map(one -> ((JsonObject) one).getJsonObject("data").getString("text"))
            .toList();
    assertEquals(List.of("one", "two"), texts);
    assertEquals(3, history.getInteger("offset"));
    assertTrue(ada.history(channel, 0).getJsonArray("publications").isEmpty());
  }

  @Test
  void publicationsNameTheirSpeakerFromTheToken() {
    String channel = "chat:speaker";
    SdkClient ada = guest("Ada4");
    ada.subscribe(channel);
    ada.publish(channel, "who?").join();
    await(ada, channel, "who?");
    JsonObject info = ada.events("publication").get(0).getJsonObject("info");
    assertEquals("Ada4", info.getJsonObject("connInfo").getString("name"));
    assertTrue(info.getString("user").startsWith("guest:"), info.encode());
  }

  @Test
  void whoIsNotInTheRoomMayNotSpeakOrLookThere() {
    SdkClient ada = guest("Ada5");
    var failure =
        assertThrows(CompletionException.class, () -> ada.publish("chat:closed", "hi").join());
    assertEquals(103, assertInstanceOf(SdkException.class, failure.getCause()).code());
    assertEquals(103, assertThrows(SdkException.class, () -> ada.presence("chat:closed")).code());
  }

  @Test
  void aNamespaceThatDoesNotExistIsAnUnknownChannel() {
    SdkClient ada = guest("Ada6");
    assertEquals(102, assertThrows(SdkException.class, () -> ada.subscribe("nave:1")).code());
  }

  @Test
  void aForgedTokenIsInvalid() {
    String token = Http.guestToken(node, "Mallory");
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(43);
    SdkClient mallory = host.client("Mallory");
    var refused =
        assertThrows(
            SdkException.class, () -> mallory.connect(forged, List.of(node.webSocketUrl())));
    assertEquals(3500, refused.code());
  }

  @Test
  void tokensOfTheCommandLineAreGood() {
    String token = NODES.run("token", "--user", "sexton", "--info", "{\"name\":\"Sexton\"}");
    SdkClient sexton = host.client("sexton");
    sexton.connect(token, List.of(node.webSocketUrl()));
    sexton.subscribe("chat:crypt");
    JsonObject clients = sexton.presence("chat:crypt").getJsonObject("clients");
    String user = clients.getJsonObject(clients.fieldNames().iterator().next()).getString("user");
    assertEquals("sexton", user);
  }

  @Test
  void aClientThatAnswersPingsStaysAndOneThatDoesNotIsClosed() throws IOException {
    SdkClient ada = guest("Ada7");
    try (RawWebSocket silent = new RawWebSocket(node)) {
      String token = Http.guestToken(node, "silent");
      silent.say(
          new JsonObject().put("id", 1).put("connect", new JsonObject().put("token", token)));
      assertEquals(3012, silent.readCloseCode());
    }
    assertEquals(List.of(), ada.events("disconnected"));
    assertEquals(1, ada.events("connected").size());
  }

  @Test
  void whoNeverSaysWhoTheyAreIsStale() throws IOException {
    try (RawWebSocket nobody = new RawWebSocket(node)) {
      assertEquals(3502, nobody.readCloseCode());
    }
  }

  @Test
  void pagesOfOtherSitesMayNotConnect() throws IOException {
    try (RawWebSocket foreign = new RawWebSocket(node, "https://example.org")) {
      assertEquals(403, foreign.status());
    }
    try (RawWebSocket own = new RawWebSocket(node, "http://localhost:" + node.port("http"))) {
      assertEquals(101, own.status());
    }
  }

  private static SdkClient guest(String name) {
    SdkClient client = host.client(name);
    client.connect(Http.guestToken(node, name), List.of(node.webSocketUrl()));
    return client;
  }

  private static void await(SdkClient client, String channel, String text) {
    Eventually.await(
        text + " at " + client,
        SOON,
        () -> client.publications(channel).stream().anyMatch(one -> one.text().equals(text)),
        () -> client.publications(channel).toString());
  }

  private static void awaitInfo(SdkClient client, String kind, String name) {
    Eventually.await(
        kind + " of " + name,
        SOON,
        () ->
            client.events(kind).stream()
                .map(event -> event.getJsonObject("info").getJsonObject("connInfo"))
                .anyMatch(info -> info.getString("name").equals(name)),
        () -> client.events().toString());
  }
}
