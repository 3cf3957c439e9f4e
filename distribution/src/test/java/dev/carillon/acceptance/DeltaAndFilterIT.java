package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Delta compression and tags filters with the real client, which checks the sum in every patch; see
 * docs/PROTOCOL.md.
 */
class DeltaAndFilterIT {
  private static final JsonObject DELTA = new JsonObject().put("delta", "fossil");

  /** What all texts have in common, with characters of one to four bytes. */
  private static final String COMMON = " is the number of the day, für heute, 오늘, \uD83D\uDE00";

  private static final String CONFIGURATION =
      """
      client:
        insecure: true
      channel:
        without_namespace:
          history_size: 100
          history_ttl: 1h
          force_recovery: true
          allowed_delta_types: [fossil]
          delta_publish: true
          allow_tags_filter: true
      """;

  @RegisterExtension static final OneNode NODE = new OneNode(CONFIGURATION);

  @ParameterizedTest
  @EnumSource
  void patchesGiveThePublicationsThatWerePublished(Encoding encoding) {
    String channel = "patches-" + encoding;
    SdkClient reader = NODE.connected("reader", encoding);
    reader.subscribe(channel, DELTA);
    SdkClient writer = NODE.connected("writer", encoding);
    publish(writer, channel, 1, 20);
    reader.awaitPublications(channel, 20);
    assertEquals(published(1, 20), reader.publications(channel));
    assertEquals(1, reader.events("connected").size());
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMissedComesAsPatchesTooAndTheChainGoesOn(Encoding encoding) {
    String channel = "missed-" + encoding;
    SdkClient reader = NODE.connected("leaver", encoding);
    reader.subscribe(channel, DELTA);
    SdkClient writer = NODE.connected("stayer", encoding);
    publish(writer, channel, 1, 5);
    reader.awaitPublications(channel, 5);
    reader.disconnect();
    publish(writer, channel, 6, 10);
    reader.reconnect();
    reader.awaitPublications(channel, 10);
    publish(writer, channel, 11, 15);
    reader.awaitPublications(channel, 15);
    assertEquals(published(1, 15), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(1).getBoolean("recovered"));
    assertEquals(2, reader.events("connected").size());
  }

  @Test
  void aFilterWithholdsWhatDoesNotPassAndNothingIsMissing() {
    String channel = "filtered";
    SdkClient reader = NODE.connected("chooser", Encoding.JSON);
    JsonObject tagged = leaf("ticker", "eq", "ACME");
    JsonObject untagged =
        new JsonObject().put("op", "not").put("nodes", new JsonArray().add(tagged));
    reader.subscribe(channel, new JsonObject().put("tagsFilter", tagged));
    SdkClient other = NODE.connected("other", Encoding.PROTOBUF);
    other.subscribe(channel, new JsonObject().put("tagsFilter", untagged));
    publish(other, channel, 1, 3);
    other.awaitPublications(channel, 3);
    assertEquals(published(1, 3), other.publications(channel));
    assertEquals(List.of(), reader.publications(channel));
    assertEquals(List.of(), reader.events("unsubscribed"));
  }

  @Test
  void aFilterThatIsNoneIsABadRequest() {
    SdkClient reader = NODE.connected("mistaken", Encoding.JSON);
    JsonObject options = new JsonObject().put("tagsFilter", leaf("ticker", "like", "ACME"));
    assertEquals(
        107, assertThrows(SdkException.class, () -> reader.subscribe("none", options)).code());
  }

  private static JsonObject leaf(String key, String cmp, String val) {
    return new JsonObject().put("key", key).put("cmp", cmp).put("val", val);
  }

  private static void publish(SdkClient writer, String channel, int from, int last) {
    for (int i = from; i <= last; i++) {
      writer.publish(channel, text(i)).join();
    }
  }

  private static List<Received> published(int from, int last) {
    return IntStream.rangeClosed(from, last).mapToObj(i -> new Received(i, text(i))).toList();
  }

  private static String text(int number) {
    return number + COMMON;
  }
}
