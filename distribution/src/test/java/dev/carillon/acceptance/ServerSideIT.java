package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels that a client gets by connecting, with the real client; see docs/PROTOCOL.md. */
class ServerSideIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess node;
  private static SdkHost host;

  @BeforeAll
  static void startOneNodeWithPersonalChannels() throws IOException {
    List<String> options =
        List.of(
            "client.token.hmac_secret_key=" + Signed.SECRET,
            "client.subscribe_to_user_personal_channel.enabled=true",
            "channel.without_namespace.history_size=100",
            "channel.without_namespace.history_ttl=1h",
            "channel.without_namespace.force_recovery=true",
            "channel.without_namespace.allow_publish_for_client=true");
    List<String> arguments = new ArrayList<>();
    options.forEach(option -> arguments.addAll(List.of("--set", option)));
    node = NODES.start("n1", arguments.toArray(String[]::new)).awaitReady();
    host = new SdkHost();
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @ParameterizedTest
  @EnumSource
  void aChannelOfTheTokenDeliversAndRecoversWhatWasMissed(Encoding encoding) {
    String channel = "news-" + encoding;
    SdkClient reader = connected("reader", encoding, channel);
    SdkClient writer = connected("writer", encoding);
    publish(writer, channel, "first");
    await(reader, channel, 1);
    assertFalse(subscribed(reader, channel, 0).getBoolean("recovered"));
    reader.disconnect();
    publish(writer, channel, "missed");
    reader.reconnect();
    await(reader, channel, 2);
    assertTrue(subscribed(reader, channel, 1).getBoolean("recovered"));
    publish(writer, channel, "last");
    await(reader, channel, 3);
    assertEquals(
        List.of(new Received(1, "first"), new Received(2, "missed"), new Received(3, "last")),
        reader.publications(channel));
  }

  @ParameterizedTest
  @EnumSource
  void everyUserHasAPersonalChannel(Encoding encoding) {
    String user = "ann-" + encoding;
    SdkClient ann = connected(user, encoding);
    SdkClient bob = connected("bob-" + encoding, encoding);
    publish(bob, "#" + user, "for ann alone");
    await(ann, "#" + user, 1);
    assertEquals(List.of(), bob.publications("#" + user));
    assertEquals(1, bob.events("subscribed").size());
  }

  private static SdkClient connected(String user, Encoding encoding, String... channels) {
    SdkClient client = host.client(user + "-" + encoding);
    client.connect(List.of(token(user, channels)), encoding, List.of(node.webSocketUrl()));
    return client;
  }

  private static JsonObject subscribed(SdkClient client, String channel, int time) {
    return client.events("subscribed").stream()
        .filter(event -> channel.equals(event.getString("channel")))
        .toList()
        .get(time);
  }

  private static void publish(SdkClient writer, String channel, String text) {
    writer.publish(channel, text).join();
  }

  private static void await(SdkClient client, String channel, int count) {
    Eventually.await(
        count + " publications at " + client,
        SOON,
        () -> client.publications(channel).size() >= count,
        () -> client.events().toString());
  }

  private static String token(String user, String... channels) {
    return Signed.token(
        new JsonObject().put("sub", user).put("channels", new JsonArray(List.of(channels))));
  }
}
