package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command and its refusals with the real client, in both encodings; see docs/PROTOCOL.md. */
class CommandsIT {
  private static final String CONFIGURATION =
      """
      client:
        concurrency: 8
        token:
          hmac_secret_key: %s
      channel:
        without_namespace:
          presence: true
          join_leave: true
          history_size: 100
          history_ttl: 1h
          allow_subscribe_for_client: true
          allow_publish_for_client: true
          allow_presence_for_client: true
          allow_history_for_subscriber: true
        namespaces:
          - name: plain
            allow_subscribe_for_client: true
          - name: bytes
            allow_subscribe_for_client: true
            allow_publish_for_client: true
            publication_data_format: binary
      """;

  @RegisterExtension
  static final OneNode NODE = new OneNode(CONFIGURATION.formatted(Signed.SECRET));

  @ParameterizedTest
  @EnumSource
  void whoIsThereIsSeenWithWhatTheTokensSayOfThem(Encoding encoding) {
    String channel = "$people-" + encoding;
    SdkClient ann = connected("ann", encoding, claims("ann").put("info", called("Ann")));
    JsonObject pass = claims("ann").put("channel", channel).put("info", called("guest"));
    ann.subscribe(channel, List.of(Signed.token(pass)));
    SdkClient bob = connected("bob", encoding, claims("bob"));
    bob.subscribe(channel, List.of(Signed.token(claims("bob").put("channel", channel))));
    JsonObject clients = bob.presence(channel).getJsonObject("clients");
    assertEquals(2, clients.size());
    JsonObject info = clients.getJsonObject(ann.events("connected").get(0).getString("client"));
    assertIsAnn(info);
    assertEquals(2, bob.presenceStats(channel).getInteger("numUsers"));
    ann.publish(channel, "here").join();
    bob.awaitEvents("publication", 1);
    assertIsAnn(bob.events("publication").get(0).getJsonObject("info"));
  }

  @ParameterizedTest
  @EnumSource
  void joinsAndLeavesComeToThoseWhoAskForThem(Encoding encoding) {
    String channel = "doors-" + encoding;
    SdkClient porter = connected("porter", encoding, claims("porter"));
    porter.subscribe(channel, new JsonObject().put("joinLeave", true));
    SdkClient guest = connected("guest", encoding, claims("guest"));
    guest.subscribe(channel);
    guest.unsubscribe(channel);
    porter.awaitEvents("leave", 1);
    assertEquals(List.of("porter", "guest"), users(porter.events("join")));
    assertEquals(List.of("guest"), users(porter.events("leave")));
    assertEquals(List.of(), guest.events("join"));
  }

  @ParameterizedTest
  @EnumSource
  void whoCannotDecideIsSubscribedAtTheEnd(Encoding encoding) {
    String channel = "maybe-" + encoding;
    SdkClient ann = connected("wavering", encoding, claims("wavering"));
    ann.subscribe(channel);
    ann.waver(channel, 20);
    assertEquals(1, ann.presenceStats(channel).getInteger("numClients"));
    ann.publish(channel, "still here").join();
    ann.awaitEvents("publication", 1);
    ann.unsubscribe(channel);
    assertEquals(0, ann.presenceStats(channel).getInteger("numClients"));
    assertEquals(1, ann.events("connected").size());
    assertEquals(List.of(), ann.events("error"));
  }

  @ParameterizedTest
  @EnumSource
  void historyIsReadPageByPageFromEitherEnd(Encoding encoding) {
    String channel = "book-" + encoding;
    SdkClient ann = connected("reader", encoding, claims("reader"));
    ann.subscribe(channel);
    for (String text : List.of("one", "two", "three", "four")) {
      ann.publish(channel, text).join();
    }
    JsonObject first = ann.history(channel, 2);
    assertEquals(List.of("one", "two"), texts(first));
    assertEquals(4, first.getInteger("offset"));
    JsonObject second = position(2, first.getString("epoch"));
    assertEquals(List.of("three", "four"), texts(ann.history(channel, page(10, second))));
    JsonObject back = page(10, position(3, first.getString("epoch"))).put("reverse", true);
    assertEquals(List.of("two", "one"), texts(ann.history(channel, back)));
    JsonObject newest = new JsonObject().put("limit", 1).put("reverse", true);
    assertEquals(List.of("four"), texts(ann.history(channel, newest)));
    assertEquals(List.of(), texts(ann.history(channel, 0)));
    assertRefused(112, () -> ann.history(channel, page(1, position(1, "other"))));
    JsonObject nothing = page(1, position(0, first.getString("epoch"))).put("reverse", true);
    assertRefused(107, () -> ann.history(channel, nothing));
  }

  @ParameterizedTest
  @EnumSource
  void refusalsHaveTheirCodes(Encoding encoding) {
    SdkClient ann = connected("refused", encoding, claims("refused"));
    assertRefused(102, () -> ann.subscribe("nowhere:a"));
    assertRefused(103, () -> ann.subscribe("$private"));
    assertRefused(107, () -> ann.subscribe("x".repeat(256)));
    assertRefused(103, () -> ann.history("plainly-not-subscribed", 1));
    ann.subscribe("plain:a");
    assertRefused(108, () -> ann.history("plain:a", 1));
    assertRefused(108, () -> ann.presence("plain:a"));
    assertRefused(108, () -> ann.presenceStats("plain:a"));
    assertRefused(108, () -> ann.rpc("anything"));
    assertRefused(103, () -> publish(ann, "plain:a"));
    assertRefused(102, () -> publish(ann, "nowhere:a"));
    assertEquals(1, ann.events("connected").size());
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredTokenIsReplacedByTheNextOne(Encoding encoding) {
    SdkClient ann = NODE.client("late", encoding);
    String late = Signed.token(Signed.expiring("ann", -60));
    ann.connect(List.of(late, Signed.token(claims("ann"))), encoding, NODE.urls());
    assertEquals(109, ann.events("error").get(0).getJsonObject("error").getInteger("code"));
    String channel = "$late-" + encoding;
    JsonObject pass = claims("ann").put("channel", channel);
    String expired = Signed.token(pass.copy().put("exp", 1));
    ann.subscribe(channel, List.of(expired, Signed.token(pass)));
    assertEquals(4, ann.events("token").size());
  }

  @ParameterizedTest
  @EnumSource
  void whatEndsAConnectionForGoodHasItsCode(Encoding encoding) {
    SdkClient sender = connected("sender", encoding, claims("sender"));
    sender.send();
    assertDisconnected(3508, sender);
    SdkClient thief = connected("thief", encoding, claims("thief"));
    String stolen = Signed.token(claims("ann").put("channel", "$vault"));
    thief.subscribe("$hall", List.of(Signed.token(claims("thief").put("channel", "$hall"))));
    assertRefused(3500, () -> thief.subscribe("$vault", List.of(stolen)));
    SdkClient nobody = NODE.client("nobody", encoding);
    assertRefused(3501, () -> nobody.connect(encoding, NODE.urls()));
  }

  @Test
  void bytesThatAreNoJsonReachThoseWhoTalkProtobufAlone() {
    SdkClient json = connected("json", Encoding.JSON, claims("json"));
    json.subscribe("bytes:a");
    SdkClient protobuf = connected("protobuf", Encoding.PROTOBUF, claims("protobuf"));
    protobuf.subscribe("bytes:a");
    protobuf.publishBytes("bytes:a", "}}\n{\"push\":{}}");
    assertDisconnected(3506, json);
    protobuf.awaitEvents("publication", 1);
    assertEquals("}}\n{\"push\":{}}", protobuf.events("publication").get(0).getString("data"));
    assertEquals(List.of(), json.events("publication"));
  }

  private static SdkClient connected(String name, Encoding encoding, JsonObject claims) {
    SdkClient client = NODE.connected(name, encoding, Signed.token(claims));
    assertFalse(client.events("connected").get(0).getString("client").isEmpty());
    return client;
  }

  private static JsonObject claims(String user) {
    return new JsonObject().put("sub", user);
  }

  private static JsonObject called(String name) {
    return new JsonObject().put("name", name);
  }

  private static JsonObject position(long offset, String epoch) {
    return new JsonObject().put("offset", offset).put("epoch", epoch);
  }

  private static JsonObject page(int limit, JsonObject since) {
    return new JsonObject().put("limit", limit).put("since", since);
  }

  private static List<String> texts(JsonObject history) {
    JsonArray publications = history.getJsonArray("publications");
    return publications.stream()
        .map(each -> ((JsonObject) each).getJsonObject("data").getString("text"))
        .toList();
  }

  private static List<String> users(List<JsonObject> events) {
    return events.stream().map(each -> each.getJsonObject("info").getString("user")).toList();
  }

  private static void publish(SdkClient client, String channel) {
    try {
      client.publish(channel, "hi").join();
    } catch (CompletionException failure) {
      throw assertInstanceOf(SdkException.class, failure.getCause());
    }
  }

  private static void assertIsAnn(JsonObject info) {
    assertEquals("ann", info.getString("user"));
    assertEquals(called("Ann"), info.getJsonObject("connInfo"));
    assertEquals(called("guest"), info.getJsonObject("chanInfo"));
  }

  private static void assertRefused(int code, Executable command) {
    assertEquals(code, assertThrows(SdkException.class, command).code());
  }

  private static void assertDisconnected(int code, SdkClient client) {
    client.awaitEvents("disconnected", 1);
    assertEquals(code, client.events("disconnected").get(0).getInteger("code"));
  }
}
