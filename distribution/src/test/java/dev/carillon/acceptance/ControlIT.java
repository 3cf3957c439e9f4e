package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of three nodes is asked to do something with clients that are on the others. */
class ControlIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess asked;
  private static NodeProcess other;
  private static NodeProcess third;
  private static Console console;
  private static SdkHost host;

  @BeforeAll
  static void startThreeNodes() throws IOException {
    asked = start("asked").awaitReady();
    other = start("other", "--join", asked.clusterAddress());
    third = start("third", "--join", asked.clusterAddress());
    List.of(other, third).forEach(NodeProcess::awaitReady);
    console = Console.of(asked);
    host = new SdkHost();
  }

  private static NodeProcess start(String name, String... join) {
    List<String> arguments = new ArrayList<>(List.of(join));
    for (String option :
        List.of(
            "client.token.hmac_secret_key=" + Signed.SECRET,
            "channel.without_namespace.history_size=100",
            "channel.without_namespace.history_ttl=1h",
            "channel.without_namespace.force_recovery=true",
            "channel.without_namespace.allow_subscribe_for_client=true",
            "channel.without_namespace.allow_history_for_client=true",
            "channel.without_namespace.allow_publish_for_client=true")) {
      arguments.addAll(List.of("--set", option));
    }
    return NODES.start(name, arguments.toArray(String[]::new));
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientIsSubscribedGetsWhatItHasMissedAndMoreAndIsUnsubscribed(Encoding encoding) {
    String channel = "news-" + encoding;
    String user = "ann-" + encoding;
    SdkClient ann = connected(user, encoding, other);
    SdkClient writer = connected("writer-" + encoding, encoding, third);
    writer.publish(channel, "missed").join();
    JsonObject since = new JsonObject().put("offset", 0).put("epoch", epoch(writer, channel));
    JsonObject order = new JsonObject().put("user", user).put("channel", channel);
    assertMeant("other", console.order("subscribe", order.copy().put("recover_since", since)));
    await(ann, () -> ann.publications(channel).size() == 1);
    writer.publish(channel, "told").join();
    await(ann, () -> ann.publications(channel).size() == 2);
    assertEquals(
        List.of(new Received(1, "missed"), new Received(2, "told")), ann.publications(channel));
    assertEquals(1, clientsIn(channel));

    assertMeant("other", console.order("unsubscribe", order));
    await(ann, () -> !ann.events("unsubscribed").isEmpty());
    assertEquals(channel, ann.events("unsubscribed").get(0).getString("channel"));
    Eventually.await("nobody is in " + channel, SOON, () -> clientsIn(channel) == 0);
    writer.publish(channel, "not told").join();
    assertEquals(1, ann.events("connected").size());
    assertEquals(2, ann.publications(channel).size());
  }

  @Test
  void aClientThatHasSubscribedItselfIsUnsubscribedForGood() {
    SdkClient ann = connected("ada", Encoding.JSON, other);
    ann.subscribe("own");
    JsonObject ada = new JsonObject().put("user", "ada");
    assertMeant("other", console.order("unsubscribe", ada));
    await(ann, () -> !ann.events("unsubscribed").isEmpty());
    assertEquals(2000, ann.events("unsubscribed").get(0).getInteger("code"));
    Eventually.await("nobody is in it", SOON, () -> clientsIn("own") == 0);
  }

  @Test
  void aUserIsDisconnectedFromAllNodesButOneClientIsSpared() {
    SdkClient first = connected("bob", Encoding.JSON, other);
    SdkClient second = connected("bob", Encoding.PROTOBUF, third);
    SdkClient spared = host.client("bob who is spared");
    String id = connect(spared, "bob", Encoding.JSON, third).getString("client");
    JsonObject done =
        console.order(
            "disconnect",
            new JsonObject()
                .put("user", "bob")
                .put("disconnect", new JsonObject().put("code", 4500).put("reason", "banned"))
                .put("whitelist", new JsonArray().add(id)));
    assertEquals(2, done.getInteger("connections"));
    for (SdkClient client : List.of(first, second)) {
      await(client, () -> !client.events("disconnected").isEmpty());
      assertEquals(4500, client.events("disconnected").get(0).getInteger("code"));
      assertEquals("banned", client.events("disconnected").get(0).getString("reason"));
    }
    assertEquals(List.of(), spared.events("disconnected"));
    assertTrue(
        asked.output().stream()
            .anyMatch(
                line ->
                    line.contains(
                        "audit: operator from 127.0.0.1 orders disconnect 4500 (banned) of user"
                            + " bob but 1 clients")),
        asked::tail);
  }

  @Test
  void aClientIsToldWhenItExpires() throws IOException {
    try (var carol = new RawWebSocket(other)) {
      JsonObject token =
          new JsonObject().put("token", Signed.token(new JsonObject().put("sub", "carol")));
      carol.say(new JsonObject().put("id", 1).put("connect", token));
      carol.reply(1);
      long inAnHour = System.currentTimeMillis() / 1_000 + 3_600;
      assertMeant(
          "other",
          console.order(
              "refresh", new JsonObject().put("user", "carol").put("expire_at", inAnHour)));
      String push = carol.read().text();
      assertTrue(push.startsWith("{\"push\":{\"refresh\":{\"expires\":true,\"ttl\":3"), push);
      console.order("refresh", new JsonObject().put("user", "carol").put("expired", true));
      assertEquals(3005, carol.readCloseCode());
    }
  }

  @Test
  void aNodeThatStandsStillIsNamedAndTheOthersDoWhatTheyAreAsked() {
    SdkClient dora = connected("dora", Encoding.JSON, other);
    JsonObject disconnect = new JsonObject().put("user", "dora");
    third.pause();
    try {
      JsonObject done = console.order("disconnect", disconnect);
      assertEquals(List.of("third"), silent(done));
      assertMeant("other", done);
      assertEquals(List.of("third"), silent(console.read("channels")));
      assertEquals(List.of("third"), silent(console.read("info")));
    } finally {
      third.resume();
    }
    await(dora, () -> !dora.events("disconnected").isEmpty());
    Eventually.await("all answer again", SOON, () -> silent(console.read("info")).isEmpty());
  }

  private static List<String> silent(JsonObject answer) {
    return answer.getJsonArray("silent").stream().map(String.class::cast).toList();
  }

  /** One connection, on this node. */
  private static void assertMeant(String name, JsonObject done) {
    assertEquals(1, done.getInteger("connections"), done::encode);
    JsonObject there = new JsonObject().put("name", name).put("connections", 1);
    assertTrue(done.getJsonArray("nodes").contains(there), done::encode);
  }

  /** As all nodes count together. */
  private static int clientsIn(String channel) {
    return console.items("channels?pattern=" + channel).stream()
        .mapToInt(item -> item.getInteger("num_clients"))
        .sum();
  }

  private static String epoch(SdkClient client, String channel) {
    client.subscribe(channel);
    String epoch = client.history(channel, 0).getString("epoch");
    client.unsubscribe(channel);
    Eventually.await("nobody is in " + channel, SOON, () -> clientsIn(channel) == 0);
    return epoch;
  }

  private static SdkClient connected(String user, Encoding encoding, NodeProcess node) {
    SdkClient client = host.client(user + " in " + encoding + " at " + node);
    connect(client, user, encoding, node);
    return client;
  }

  private static JsonObject connect(
      SdkClient client, String user, Encoding encoding, NodeProcess node) {
    String token = Signed.token(new JsonObject().put("sub", user));
    return client.connect(List.of(token), encoding, List.of(node.webSocketUrl()));
  }

  private static void await(SdkClient client, BooleanSupplier condition) {
    Eventually.await(client + " is told", SOON, condition, () -> client.events().toString());
  }
}
