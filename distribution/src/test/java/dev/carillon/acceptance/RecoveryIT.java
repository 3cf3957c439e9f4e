package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets that was away, with the real client in both encodings; docs/PROTOCOL.md. */
class RecoveryIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      client:
        insecure: true
      channel:
        without_namespace:
          history_size: 100
          history_ttl: 1h
        namespaces:
          - name: small
            history_size: 2
            history_ttl: 1h
            force_recovery: true
          - name: cache
            history_size: 10
            history_ttl: 1h
            force_recovery: true
            force_recovery_mode: cache
          - name: state
            history_size: 10
            history_ttl: 1h
            force_recovery: true
            force_recovery_mode: cache
            auto_cache_recover: true
      """;

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess node;
  private static SdkHost host;

  @BeforeAll
  static void startOneNode() throws IOException {
    Path file = NODES.folder().resolve("recovery.yaml");
    Files.writeString(file, CONFIGURATION);
    node = NODES.start("n1", "--config", file.toString()).awaitReady();
    host = new SdkHost();
  }

  @AfterAll
  static void stopClients() throws IOException {
    host.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSubscriptionBeginsWhereItsClientSays(Encoding encoding) {
    String channel = "since-" + encoding;
    SdkClient writer = client("writer", encoding);
    publish(writer, channel, 1, 4);
    String epoch = writer.history(channel, 0).getString("epoch");
    SdkClient reader = client("since", encoding);
    JsonObject options = new JsonObject().put("since", position(2, epoch));
    reader.subscribe(channel, options.put("recoverable", true));
    await(reader, channel, 2);
    assertEquals(received(3, 4), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(0).getBoolean("recovered"));
  }

  @ParameterizedTest
  @EnumSource
  void aPositionIsToldToWhoAsksForItAlone(Encoding encoding) {
    String channel = "position-" + encoding;
    SdkClient writer = client("teller", encoding);
    publish(writer, channel, 1, 2);
    SdkClient asking = client("asking", encoding);
    asking.subscribe(channel, new JsonObject().put("positioned", true));
    JsonObject told = asking.events("subscribed").get(0);
    assertTrue(told.getBoolean("positioned"), told.encode());
    assertFalse(told.getBoolean("recoverable"), told.encode());
    assertEquals(2, told.getJsonObject("streamPosition").getInteger("offset"));
    SdkClient silent = client("silent", encoding);
    silent.subscribe(channel);
    assertFalse(silent.events("subscribed").get(0).getBoolean("positioned"));
  }

  @ParameterizedTest
  @EnumSource
  void whoMissedMoreThanIsKeptIsTold(Encoding encoding) {
    String channel = "small:" + encoding;
    SdkClient reader = client("forgetful", encoding);
    reader.subscribe(channel);
    SdkClient writer = client("busy", encoding);
    publish(writer, channel, 1, 1);
    await(reader, channel, 1);
    reader.disconnect();
    publish(writer, channel, 2, 6);
    reader.reconnect();
    await(reader, "subscribed", () -> reader.events("subscribed").size() == 2);
    JsonObject again = reader.events("subscribed").get(1);
    assertTrue(again.getBoolean("wasRecovering"), again.encode());
    assertFalse(again.getBoolean("recovered"), again.encode());
    assertEquals(6, again.getJsonObject("streamPosition").getInteger("offset"));
    publish(writer, channel, 7, 7);
    await(reader, channel, 2);
    assertEquals(List.of(new Received(1, "1"), new Received(7, "7")), reader.publications(channel));
  }

  @ParameterizedTest
  @EnumSource
  void whoKeepsStateOfItsOwnIsAskedForItAgainWhenTooMuchIsMissing(Encoding encoding) {
    String channel = "small:state-" + encoding;
    SdkClient writer = client("stater", encoding);
    publish(writer, channel, 1, 5);
    String epoch = writer.history(channel, 0).getString("epoch");
    SdkClient reader = client("stateful", encoding);
    JsonArray positions = new JsonArray().add(position(1, epoch)).add(position(4, epoch));
    reader.subscribe(channel, positions);
    await(reader, channel, 1);
    assertEquals(received(5, 5), reader.publications(channel));
    assertEquals(2, reader.events("state").size());
    assertEquals(1, reader.events("subscribed").size());
    assertEquals(List.of(), reader.events("unsubscribed"));
  }

  @ParameterizedTest
  @EnumSource
  void theNewestAloneIsRecoveredFromACache(Encoding encoding) {
    String channel = "cache:" + encoding;
    SdkClient reader = client("cached", encoding);
    reader.subscribe(channel);
    SdkClient writer = client("cacher", encoding);
    publish(writer, channel, 1, 1);
    await(reader, channel, 1);
    reader.disconnect();
    publish(writer, channel, 2, 4);
    reader.reconnect();
    await(reader, channel, 2);
    assertEquals(List.of(new Received(1, "1"), new Received(4, "4")), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(1).getBoolean("recovered"));
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsSentToWhoeverSubscribes(Encoding encoding) {
    String channel = "state:" + encoding;
    SdkClient writer = client("keeper", encoding);
    publish(writer, channel, 1, 3);
    SdkClient reader = client("newcomer", encoding);
    reader.subscribe(channel);
    await(reader, channel, 1);
    assertEquals(received(3, 3), reader.publications(channel));
    publish(writer, channel, 4, 4);
    await(reader, channel, 2);
    assertEquals(received(3, 4), reader.publications(channel));
  }

  private static SdkClient client(String name, Encoding encoding) {
    SdkClient client = host.client(name + "-" + encoding);
    client.connect(encoding, List.of(node.webSocketUrl()));
    return client;
  }

  private static JsonObject position(long offset, String epoch) {
    return new JsonObject().put("offset", offset).put("epoch", epoch);
  }

  /** Each says its offset. */
  private static void publish(SdkClient writer, String channel, long from, long last) {
    LongStream.rangeClosed(from, last)
        .forEach(i -> writer.publish(channel, Long.toString(i)).join());
  }

  private static List<Received> received(long from, long last) {
    return LongStream.rangeClosed(from, last)
        .mapToObj(i -> new Received(i, Long.toString(i)))
        .toList();
  }

  private static void await(SdkClient client, String channel, int count) {
    await(client, channel, () -> client.publications(channel).size() >= count);
  }

  private static void await(SdkClient client, String what, BooleanSupplier condition) {
    Eventually.await(what + " at " + client, SOON, condition, () -> client.events().toString());
  }
}
