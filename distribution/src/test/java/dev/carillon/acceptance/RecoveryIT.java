package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets that was away, with the real client in both encodings; docs/PROTOCOL.md. */
class RecoveryIT {
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

  @RegisterExtension static final OneNode NODE = new OneNode(CONFIGURATION);

  @ParameterizedTest
  @EnumSource
  void aSubscriptionBeginsWhereItsClientSays(Encoding encoding) {
    String channel = "since-" + encoding;
    SdkClient writer = NODE.connected("writer", encoding);
    publish(writer, channel, 1, 4);
    String epoch = writer.history(channel, 0).getString("epoch");
    SdkClient reader = NODE.connected("since", encoding);
    JsonObject options = new JsonObject().put("since", position(2, epoch));
    reader.subscribe(channel, options.put("recoverable", true));
    reader.awaitPublications(channel, 2);
    assertEquals(received(3, 4), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(0).getBoolean("recovered"));
  }

  @ParameterizedTest
  @EnumSource
  void aPositionIsToldToWhoAsksForItAlone(Encoding encoding) {
    String channel = "position-" + encoding;
    SdkClient writer = NODE.connected("teller", encoding);
    publish(writer, channel, 1, 2);
    SdkClient asking = NODE.connected("asking", encoding);
    asking.subscribe(channel, new JsonObject().put("positioned", true));
    JsonObject told = asking.events("subscribed").get(0);
    assertTrue(told.getBoolean("positioned"), told.encode());
    assertFalse(told.getBoolean("recoverable"), told.encode());
    assertEquals(2, told.getJsonObject("streamPosition").getInteger("offset"));
    SdkClient silent = NODE.connected("silent", encoding);
    silent.subscribe(channel);
    assertFalse(silent.events("subscribed").get(0).getBoolean("positioned"));
  }

  @ParameterizedTest
  @EnumSource
  void whoMissedMoreThanIsKeptIsTold(Encoding encoding) {
    String channel = "small:" + encoding;
    SdkClient reader = NODE.connected("forgetful", encoding);
    reader.subscribe(channel);
    SdkClient writer = NODE.connected("busy", encoding);
    publish(writer, channel, 1, 1);
    reader.awaitPublications(channel, 1);
    reader.disconnect();
    publish(writer, channel, 2, 6);
    reader.reconnect();
    reader.awaitEvents("subscribed", 2);
    JsonObject again = reader.events("subscribed").get(1);
    assertTrue(again.getBoolean("wasRecovering"), again.encode());
    assertFalse(again.getBoolean("recovered"), again.encode());
    assertEquals(6, again.getJsonObject("streamPosition").getInteger("offset"));
    publish(writer, channel, 7, 7);
    reader.awaitPublications(channel, 2);
    assertEquals(List.of(new Received(1, "1"), new Received(7, "7")), reader.publications(channel));
  }

  @ParameterizedTest
  @EnumSource
  void whoKeepsStateOfItsOwnIsAskedForItAgainWhenTooMuchIsMissing(Encoding encoding) {
    String channel = "small:state-" + encoding;
    SdkClient writer = NODE.connected("stater", encoding);
    publish(writer, channel, 1, 5);
    String epoch = writer.history(channel, 0).getString("epoch");
    SdkClient reader = NODE.connected("stateful", encoding);
    JsonArray positions = new JsonArray().add(position(1, epoch)).add(position(4, epoch));
    reader.subscribe(channel, positions);
    reader.awaitPublications(channel, 1);
    assertEquals(received(5, 5), reader.publications(channel));
    assertEquals(2, reader.events("state").size());
    assertEquals(1, reader.events("subscribed").size());
    assertEquals(List.of(), reader.events("unsubscribed"));
  }

  @ParameterizedTest
  @EnumSource
  void theNewestAloneIsRecoveredFromACache(Encoding encoding) {
    String channel = "cache:" + encoding;
    SdkClient reader = NODE.connected("cached", encoding);
    reader.subscribe(channel);
    SdkClient writer = NODE.connected("cacher", encoding);
    publish(writer, channel, 1, 1);
    reader.awaitPublications(channel, 1);
    reader.disconnect();
    publish(writer, channel, 2, 4);
    reader.reconnect();
    reader.awaitPublications(channel, 2);
    assertEquals(List.of(new Received(1, "1"), new Received(4, "4")), reader.publications(channel));
    assertTrue(reader.events("subscribed").get(1).getBoolean("recovered"));
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsSentToWhoeverSubscribes(Encoding encoding) {
    String channel = "state:" + encoding;
    SdkClient writer = NODE.connected("keeper", encoding);
    publish(writer, channel, 1, 3);
    SdkClient reader = NODE.connected("newcomer", encoding);
    reader.subscribe(channel);
    reader.awaitPublications(channel, 1);
    assertEquals(received(3, 3), reader.publications(channel));
    publish(writer, channel, 4, 4);
    reader.awaitPublications(channel, 2);
    assertEquals(received(3, 4), reader.publications(channel));
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
}
