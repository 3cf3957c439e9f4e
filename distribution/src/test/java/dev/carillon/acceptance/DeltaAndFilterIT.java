package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Delta compression and tags filters with the real client, which checks the sum in every patch; see
 * docs/PROTOCOL.md.
 */
class DeltaAndFilterIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final JsonObject DELTA = new JsonObject().put("delta", "fossil");

  /** What all texts have in common, with characters of one to four bytes. */
  private static final String COMMON = " is the number of the day, für heute, 오늘, \uD83D\uDE00";

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess node;
  private static SdkHost host;

  @BeforeAll
  static void startOneNodeWithDeltas() throws IOException {
    List<String> options =
        List.of(
            "client.insecure=true",
            "channel.without_namespace.history_size=100",
            "channel.without_namespace.history_ttl=1h",
            "channel.without_namespace.force_recovery=true",
            "channel.without_namespace.allowed_delta_types=[fossil]",
            "channel.without_namespace.delta_publish=true",
            "channel.without_namespace.allow_tags_filter=true");
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
  void patchesGiveThePublicationsThatWerePublished(Encoding encoding) {
    String channel = "patches-" + encoding;
    SdkClient reader = client("reader", encoding);
    reader.subscribe(channel, DELTA);
    SdkClient writer = client("writer", encoding);
    publish(writer, channel, 1, 20);
    await(reader, channel, 20);
    assertEquals(published(1, 20), reader.publications(channel));
    assertEquals(1, reader.events("connected").size());
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMissedComesAsPatchesTooAndTheChainGoesOn(Encoding encoding) {
    String channel = "missed-" + encoding;
    SdkClient reader = client("leaver", encoding);
    reader.subscribe(channel, DELTA);
    SdkClient writer = client("stayer", encoding);
    publish(writer, channel, 1, 5);
    await(reader, channel, 5);
    reader.disconnect();
    publish(writer, channel, 6, 10);
    reader.reconnect();
    await(reader, channel, 10);
    publish(writer, channel, 11, 15);
    await(reader, channel, 15);
    assertEquals(published(1, 15), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(1).getBoolean("recovered"));
    assertEquals(2, reader.events("connected").size());
  }

  @Test
  void aFilterWithholdsWhatDoesNotPassAndNothingIsMissing() {
    String channel = "filtered";
    SdkClient reader = client("chooser", Encoding.JSON);
    JsonObject tagged = leaf("ticker", "eq", "ACME");
    JsonObject untagged =
        new JsonObject().put("op", "not").put("nodes", new JsonArray().add(tagged));
    reader.subscribe(channel, new JsonObject().put("tagsFilter", tagged));
    SdkClient other = client("other", Encoding.PROTOBUF);
    other.subscribe(channel, new JsonObject().put("tagsFilter", untagged));
    publish(other, channel, 1, 3);
    await(other, channel, 3);
    assertEquals(published(1, 3), other.publications(channel));
    assertEquals(List.of(), reader.publications(channel));
    assertEquals(List.of(), reader.events("unsubscribed"));
  }

  @Test
  void aFilterThatIsNoneIsABadRequest() {
    SdkClient reader = client("mistaken", Encoding.JSON);
    JsonObject options = new JsonObject().put("tagsFilter", leaf("ticker", "like", "ACME"));
    assertEquals(
        107, assertThrows(SdkException.class, () -> reader.subscribe("none", options)).code());
  }

  private static JsonObject leaf(String key, String cmp, String val) {
    return new JsonObject().put("key", key).put("cmp", cmp).put("val", val);
  }

  private static SdkClient client(String name, Encoding encoding) {
    SdkClient client = host.client(name + "-" + encoding);
    client.connect(encoding, List.of(node.webSocketUrl()));
    return client;
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

  private static void await(SdkClient client, String channel, int count) {
    Eventually.await(
        count + " publications at " + client,
        SOON,
        () -> client.publications(channel).size() >= count,
        () -> client.events().toString());
  }
}
