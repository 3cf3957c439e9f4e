package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels that a client gets by connecting, with the real client; see docs/PROTOCOL.md. */
class ServerSideIT {
  private static final String CONFIGURATION =
      """
      client:
        token:
          hmac_secret_key: %s
        subscribe_to_user_personal_channel:
          enabled: true
      channel:
        without_namespace:
          history_size: 100
          history_ttl: 1h
          force_recovery: true
          allow_publish_for_client: true
      """;

  @RegisterExtension
  static final OneNode NODE = new OneNode(CONFIGURATION.formatted(Signed.SECRET));

  @ParameterizedTest
  @EnumSource
  void aChannelOfTheTokenDeliversAndRecoversWhatWasMissed(Encoding encoding) {
    String channel = "news-" + encoding;
    SdkClient reader = connected("reader", encoding, channel);
    SdkClient writer = connected("writer", encoding);
    publish(writer, channel, "first");
    reader.awaitPublications(channel, 1);
    assertFalse(subscribed(reader, channel, 0).getBoolean("recovered"));
    reader.disconnect();
    publish(writer, channel, "missed");
    reader.reconnect();
    reader.awaitPublications(channel, 2);
    assertTrue(subscribed(reader, channel, 1).getBoolean("recovered"));
    publish(writer, channel, "last");
    reader.awaitPublications(channel, 3);
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
    ann.awaitPublications("#" + user, 1);
    assertEquals(List.of(), bob.publications("#" + user));
    assertEquals(1, bob.events("subscribed").size());
  }

  private static SdkClient connected(String user, Encoding encoding, String... channels) {
    return NODE.connected(user, encoding, token(user, channels));
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

  private static String token(String user, String... channels) {
    return Signed.token(
        new JsonObject().put("sub", user).put("channels", new JsonArray(List.of(channels))));
  }
}
