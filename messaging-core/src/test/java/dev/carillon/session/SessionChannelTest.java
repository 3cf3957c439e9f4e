package dev.carillon.session;

import static dev.carillon.session.SessionFixture.chat;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.HistoryRequest;
import dev.carillon.protocol.HistoryResult;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.PresenceRequest;
import dev.carillon.protocol.PresenceResult;
import dev.carillon.protocol.PresenceStatsRequest;
import dev.carillon.protocol.PresenceStatsResult;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.PublishResult;
import dev.carillon.protocol.RefreshRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionChannelTest {

  private static final String ROOM = "chat:a";

  @Test
  void aPublicationIsAnsweredWhenItIsStored() {
    var client = chat("allow_publish_for_client", true).connected();
    client.receive(publish(2, ROOM, "{}"));
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("publish chat:a {} by ann", null);
    assertEquals(List.of(reply(2, new PublishResult())), client.effects.take());
  }

  @Test
  void aPublicationThatMayBeLostIsATemporaryError() {
    var client = chat("allow_publish_for_client", true).connected();
    client.receive(publish(2, ROOM, "{}"));
    client.effects.fail("publish");
    assertEquals(List.of(error(2, ErrorCode.INTERNAL)), client.effects.take());
  }

  @Test
  void subscribersMayPublishOnlyWhileSubscribed() {
    var client =
        chat("allow_publish_for_subscriber", true, "allow_subscribe_for_client", true).connected();
    client.receive(publish(2, ROOM, "{}"));
    assertEquals(List.of(error(2, ErrorCode.PERMISSION_DENIED)), client.effects.take());
    client.subscribed(ROOM).receive(publish(3, ROOM, "{}"));
    client.effects.answer("publish", null);
    assertEquals(List.of(reply(3, new PublishResult())), client.effects.take());
  }

  @Test
  void theNamespaceSaysWhatMayBePublished() {
    assertEquals(ErrorCode.BAD_REQUEST, refusal("", ""));
    assertNull(refusal("", "1"));
    assertEquals(ErrorCode.BAD_REQUEST, refusal("json", ""));
    assertNull(refusal("json", "1"));
    // A client that talks Protobuf may send anything.
    assertEquals(ErrorCode.BAD_REQUEST, refusal("json", "1}}"));
    assertEquals(ErrorCode.BAD_REQUEST, refusal("json_object", "{}}"));
    assertNull(refusal("json_object", " {}"));
    assertNull(refusal("", "1}}"));
    assertNull(refusal("binary", "1}}"));
    assertEquals(ErrorCode.BAD_REQUEST, refusal("json_object", "[]"));
    assertEquals(ErrorCode.BAD_REQUEST, refusal("json_object", ""));
    assertNull(refusal("json_object", "{}"));
    assertNull(refusal("binary", ""));
  }

  @Test
  void mapPublicationsAreNotAvailable() {
    var client = chat("allow_publish_for_client", true).connected();
    client.receive(new PublishRequest(2, ROOM, Bytes.utf8("1"), 1));
    assertEquals(List.of(error(2, ErrorCode.NOT_AVAILABLE)), client.effects.take());
  }

  @Test
  void aBadOrUnknownChannelIsNobodysStream() {
    var client = chat("allow_publish_for_client", true).connected();
    client.receive(publish(2, "no:a", "1"), publish(3, "chat:" + "x".repeat(255), "1"));
    client.receive(publish(4, "chat:ü", "1"));
    assertEquals(
        List.of(
            error(2, ErrorCode.UNKNOWN_CHANNEL),
            error(3, ErrorCode.BAD_REQUEST),
            error(4, ErrorCode.BAD_REQUEST)),
        client.effects.take());
  }

  @Test
  void whatTheNamespaceDoesNotHaveIsNotAvailableEvenWhenInsecure() {
    var client = new SessionFixture(Map.of("insecure", true), List.of(namespace("chat")));
    client.receive(new ConnectRequest(1, "", "js", "1"));
    client.effects.take();
    client.receive(
        new PresenceRequest(2, ROOM), new PresenceStatsRequest(3, ROOM), position(4, ROOM));
    assertEquals(
        List.of(
            error(2, ErrorCode.NOT_AVAILABLE),
            error(3, ErrorCode.NOT_AVAILABLE),
            error(4, ErrorCode.NOT_AVAILABLE)),
        client.effects.take());
  }

  @Test
  void presenceAndHistoryNeedPermission() {
    var client = chat("presence", true, "history_size", 9, "history_ttl", "1h").connected();
    client.receive(
        new PresenceRequest(2, ROOM), new PresenceStatsRequest(3, ROOM), position(4, ROOM));
    assertEquals(
        List.of(
            error(2, ErrorCode.PERMISSION_DENIED),
            error(3, ErrorCode.PERMISSION_DENIED),
            error(4, ErrorCode.PERMISSION_DENIED)),
        client.effects.take());
  }

  @Test
  void presenceIsAnswered() {
    var client = chat("presence", true, "allow_presence_for_client", true).connected();
    client.receive(new PresenceRequest(2, ROOM), new PresenceStatsRequest(3, ROOM));
    client.effects.answer("presence", Map.of());
    client.effects.answer("stats", new PresenceStats(2, 1));
    assertEquals(
        List.of(
            reply(2, new PresenceResult(Map.of())),
            reply(3, new PresenceStatsResult(new PresenceStats(2, 1)))),
        client.effects.take());
  }

  @Test
  void aHistoryIsCappedAndZeroAsksForThePosition() {
    assertEquals("limit=0,", asked(position(2, ROOM)));
    assertEquals("limit=7,", asked(new HistoryRequest(2, ROOM, 7, null, false)));
    assertEquals("limit=300,", asked(new HistoryRequest(2, ROOM, -1, null, false)));
    assertEquals("limit=300,", asked(new HistoryRequest(2, ROOM, 301, null, false)));
  }

  @Test
  void aHistoryIsAnswered() {
    var client = historic();
    client.receive(new HistoryRequest(2, ROOM, 2, new StreamPosition(3, "e"), false));
    client.effects.answer("history", history(9, 4, 5));
    assertEquals(List.of(reply(2, new HistoryResult(history(9, 4, 5)))), client.effects.take());
  }

  @Test
  void aHistoryOfAnotherEpochIsUnrecoverable() {
    var client = historic();
    client.receive(new HistoryRequest(2, ROOM, 2, new StreamPosition(3, "old"), false));
    client.effects.answer("history", history(9));
    client.receive(new HistoryRequest(3, ROOM, 2, new StreamPosition(3, ""), false));
    client.effects.answer("history", history(9));
    assertEquals(
        List.of(
            error(2, ErrorCode.UNRECOVERABLE_POSITION), reply(3, new HistoryResult(history(9)))),
        client.effects.take());
  }

  @Test
  void nothingComesBeforeTheBeginning() {
    var client = historic();
    client.receive(new HistoryRequest(2, ROOM, 2, new StreamPosition(0, "e"), true));
    assertEquals(List.of(error(2, ErrorCode.BAD_REQUEST)), client.effects.take());
  }

  @Test
  void aPongIsHandledWhileACommandIsWorkedOn() {
    var client = chat("allow_publish_for_client", true).connected();
    client.after(Duration.ofSeconds(25));
    client.receive(publish(2, ROOM, "1"));
    client.now += 300;
    client.receive(Pong.PONG);
    assertEquals(300, client.session.keepalive().roundTrip());
    assertEquals(Disconnect.BAD_REQUEST, client.receive(Pong.PONG).effects.closed);
  }

  @Test
  void aMissingPongCloses() {
    var client = chat().connected().after(Duration.ofSeconds(25));
    assertEquals(List.of(RecordedEffects.PING), client.effects.take());
    client.after(Duration.ofMillis(7_999));
    assertNull(client.effects.closed);
    assertEquals(Disconnect.NO_PONG, client.after(Duration.ofMillis(1)).effects.closed);
  }

  @Test
  void newInfoIsShownToThoseWhoSeeThisClient() {
    var client =
        chat("presence", true, "allow_subscribe_for_client", true).connected().subscribed(ROOM);
    client.effects.connectionTokens.put("new", SessionFixture.connection("ann", "{}", null));
    client.effects.others.clear();
    client.receive(new RefreshRequest(3, "new"));
    assertEquals(List.of("enter chat:a ann{}"), client.effects.others);
  }

  @Test
  void aTokenWithoutInfoTakesNoneAway() {
    var client =
        chat("presence", true, "allow_subscribe_for_client", true).connected().subscribed(ROOM);
    client.effects.connectionTokens.put("new", SessionFixture.connection("ann", "", null));
    client.effects.others.clear();
    client.receive(new RefreshRequest(3, "new"));
    assertEquals(List.of(), client.effects.others);
    assertEquals("{\"name\":\"Ann\"}", client.session.info().connInfo().asUtf8());
  }

  private static @Nullable ErrorCode refusal(String format, String data) {
    var client =
        chat("allow_publish_for_client", true, "publication_data_format", format).connected();
    client.receive(publish(2, ROOM, data));
    List<Object> sent = client.effects.take();
    for (ErrorCode code : ErrorCode.values()) {
      if (sent.contains(error(2, code))) {
        return code;
      }
    }
    return null;
  }

  private static String asked(HistoryRequest request) {
    var asked = historic().receive(request).effects.asked.element().what();
    return asked.substring(asked.indexOf("limit="), asked.indexOf(' ', asked.indexOf("limit=")));
  }

  private static SessionFixture historic() {
    return chat("history_size", 9, "history_ttl", "1h", "allow_history_for_client", true)
        .connected();
  }

  private static HistoryRequest position(long id, String channel) {
    return new HistoryRequest(id, channel, 0, null, false);
  }
}
