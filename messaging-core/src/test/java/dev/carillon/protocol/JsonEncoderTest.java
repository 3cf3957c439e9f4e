package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonEncoderTest {

  private static final Protocol JSON = Protocol.of(Encoding.JSON);
  private static final ClientInfo ANN =
      new ClientInfo("ann", "c1", Bytes.utf8("{\"name\":\"Ann\"}"), Bytes.EMPTY);
  private static final ClientInfo BARE = new ClientInfo("ann", "c1", Bytes.EMPTY, Bytes.EMPTY);

  @Test
  void errorsSayWhetherToTryAgain() throws Exception {
    golden("error", 1, new ErrorResult(ErrorCode.PERMISSION_DENIED));
    golden("error_temporary", 1, new ErrorResult(ErrorCode.INTERNAL));
  }

  @Test
  void aConnectionWithoutExpiryHasNoTtl() throws Exception {
    golden("connect", 1, new ConnectResult("f3a", "Carillon 0.1.0", 600, 25, true));
    golden("connect_forever", 1, new ConnectResult("f3a", "Carillon 0.1.0", 0, 25, true));
    golden("refresh", 2, new RefreshResult(600));
    golden("refresh_forever", 2, new RefreshResult(0));
  }

  @Test
  void subscribeRepliesLeaveZeroValuesOut() throws Exception {
    golden("subscribe", 3, subscribed(false, StreamPosition.NONE, 0));
    golden("subscribe_positioned", 3, subscribed(true, at(9007199254740993L), 60));
    golden(
        "subscribe_at_zero",
        3,
        new SubscribeResult(true, false, at(0), false, false, List.of(), false, Bytes.EMPTY, 0));
    golden(
        "subscribe_not_recovered",
        3,
        new SubscribeResult(true, true, at(9), true, false, List.of(), false, Bytes.EMPTY, 0));
  }

  @Test
  void recoveredPublicationsAreWhole() throws Exception {
    var first = publication(8, "{\"n\":8}", ANN.withChanInfo(Bytes.utf8("[1]")), Map.of());
    var second = publication(9, "\"x\"", null, Map.of("a", "b"));
    golden(
        "subscribe_recovered",
        3,
        new SubscribeResult(
            true,
            true,
            at(7),
            true,
            true,
            SentPublication.plain(List.of(first, second)),
            false,
            Bytes.EMPTY,
            0));
  }

  @Test
  void emptyResultsAreThere() throws Exception {
    golden("sub_refresh", 4, new SubRefreshResult(60));
    golden("unsubscribe", 5, new UnsubscribeResult());
    golden("publish", 6, new PublishResult());
  }

  @Test
  void presenceAndHistoryNeverMissAField() throws Exception {
    var anonymous = new ClientInfo("", "c1", Bytes.EMPTY, Bytes.EMPTY);
    golden("presence", 7, new PresenceResult(Map.of("c1", anonymous)));
    golden("presence_nobody", 7, new PresenceResult(Map.of()));
    golden("presence_stats", 8, new PresenceStatsResult(new PresenceStats(0, 0)));
    var only = publication(1, "{\"n\":1}", null, Map.of());
    golden("history", 9, new HistoryResult(new History(at(1), List.of(only))));
    golden("history_empty", 9, new HistoryResult(new History(at(0), List.of())));
  }

  @Test
  void serverSideSubscriptionsComeWithTheConnection() throws Exception {
    var sub =
        new SubscribeResult(
            true,
            true,
            at(7),
            true,
            true,
            SentPublication.plain(List.of(publication(8, "1", null, Map.of()))),
            false,
            Bytes.utf8("{}"),
            0);
    var result =
        new ConnectResult(
            "f3a",
            "Carillon 0.1.0",
            0,
            25,
            true,
            Bytes.utf8("{\"a\":1}"),
            Map.of("#ann", sub),
            "s1",
            "n1",
            1_700_000_000_000L);
    golden("connect_subs", 1, result);
  }

  @Test
  void payloadsOfADeltaSubscriptionAreText() throws Exception {
    var whole = publication(8, "{\n\"text\":\"h\u00e9\"}", ANN, Map.of());
    var next = publication(9, "{\"text\":\"h\u00e9!\"}", null, Map.of("a", "b"));
    // The patch ends inside of a character, so that JSON can't carry it.
    var torn = Bytes.of(new byte[] {'1', ':', (byte) 0xC3, '2', ';'});
    golden(
        "subscribe_delta",
        3,
        new SubscribeResult(
            true,
            true,
            at(7),
            true,
            true,
            List.of(
                SentPublication.whole(whole),
                SentPublication.patch(next, Bytes.utf8("H\n1:\"A;")),
                SentPublication.patch(publication(10, "\"x\"", null, Map.of()), torn)),
            true,
            Bytes.EMPTY,
            0));
    golden("delta", new DeltaPush("c", SentPublication.patch(next, Bytes.utf8("1\n1@0,é0;"))));
    golden("delta_whole", new DeltaPush("c", SentPublication.whole(next)));
  }

  @Test
  void theServerTellsOfEveryChangeItMakes() throws Exception {
    golden("subscribe", new SubscribePush("c", true, true, at(3), Bytes.utf8("[1]")));
    golden(
        "subscribe_plain", new SubscribePush("c", false, false, StreamPosition.NONE, Bytes.EMPTY));
    golden("message", new MessagePush(Bytes.utf8("{\"a\":1}")));
    golden("disconnect", new DisconnectPush(Disconnect.SHUTDOWN));
    golden("refresh", new RefreshPush(60));
    golden("refresh_forever", new RefreshPush(0));
    golden("rpc", 9, new RpcResult(Bytes.utf8("{}")));
    golden("rpc_nothing", 9, new RpcResult(Bytes.EMPTY));
  }

  @Test
  void pushesNameTheirChannel() throws Exception {
    golden("publication", "chat:lobby", publication(2, "{\"text\":\"hi\"}", ANN, Map.of()));
    golden("join", "chat:lobby", new Join(BARE));
    golden("leave", "chat:lobby", new Leave(BARE));
    golden("unsubscribe", new UnsubscribePush("chat:lobby", UnsubscribeCode.INSUFFICIENT_STATE));
  }

  @Test
  void onlyTheFirstPublicationTellsTheEpoch() throws Exception {
    golden("publication_first", "chat:lobby", publication(1, "{\"text\":\"hi\"}", null, Map.of()));
    var live = new Publication(0, "", Bytes.utf8("{\"text\":\"hi\"}"), null, Map.of(), 7);
    golden("publication_live", "a\"b\\c\u0001", live);
  }

  @Test
  void aFrameNeverContainsANewline() throws Exception {
    var pretty = publication(2, "{\n  \"a\":\r\n 1}", null, Map.of("line\nbreak", "\n"));
    assertEquals(
        "{\"push\":{\"channel\":\"c\",\"pub\":{\"data\":{  \"a\":\r 1},\"offset\":2,"
            + "\"tags\":{\"line\\nbreak\":\"\\n\"}}}}",
        JSON.encode(new EventPush("c", pretty)).asUtf8());
  }

  @Test
  void whatIsNotJsonIsNeverEmbedded() {
    var foreign = Bytes.utf8("1}}\n{\"push\":{\"channel\":\"c\",\"pub\":{\"data\":2}}}");
    var publication = new Publication(2, "e", foreign, null, Map.of(), 7);
    var known = new ClientInfo("ann", "c1", foreign, Bytes.EMPTY);
    var subscribed = ANN.withChanInfo(foreign);
    var byStranger = publication(2, "1", known, Map.of());
    for (ChannelEvent event :
        List.of(publication, byStranger, new Join(known), new Leave(subscribed))) {
      unsayable(new EventPush("c", event));
    }
    unsayable(new DeltaPush("c", SentPublication.whole(publication)));
    unsayable(new DeltaPush("c", SentPublication.patch(publication, Bytes.utf8("0;"))));
    unsayable(new SubscribePush("c", false, false, StreamPosition.NONE, foreign));
    unsayable(new MessagePush(foreign));
    unsayable(new RpcResult(foreign));
    unsayable(new PresenceResult(Map.of("c1", known)));
    unsayable(new HistoryResult(new History(at(2), List.of(publication))));
    var result =
        new SubscribeResult(
            true,
            true,
            at(1),
            true,
            true,
            SentPublication.plain(List.of(publication)),
            false,
            Bytes.EMPTY,
            0);
    unsayable(result);
    unsayable(new ConnectResult("f3a", "v", 0, 25, true).withSubs(Map.of("c", result)));
  }

  private static void unsayable(Push push) {
    refused(() -> JSON.encode(push));
  }

  private static void unsayable(Result result) {
    refused(() -> JSON.encode(new Reply(1, result)));
  }

  private static void refused(Executable encoding) {
    var refusal = assertThrows(ProtocolException.class, encoding);
    assertEquals(Disconnect.INAPPROPRIATE_PROTOCOL, refusal.disconnect());
  }

  @Test
  void anyTextSurvives() throws Exception {
    for (String channel : List.of("é", "€", "😀", "\u2028", "\uD800", "a\uDC00b", "\u0000")) {
      var push = JSON.encode(new UnsubscribePush(channel, UnsubscribeCode.SUBSCRIPTION_EXPIRED));
      String command = push.asUtf8().replace("{\"push\":", "{\"id\":1,\"presence\":");
      assertEquals(
          List.of(new PresenceRequest(1, channel)), JSON.decode(Bytes.utf8(command).array()));
    }
  }

  @Test
  void aPingIsAnEmptyReply() throws Exception {
    assertEquals("{}", JSON.ping().asUtf8());
  }

  private static SubscribeResult subscribed(boolean full, StreamPosition position, long ttl) {
    return new SubscribeResult(
        full, full, position, false, false, List.of(), false, Bytes.EMPTY, ttl);
  }

  private static StreamPosition at(long offset) {
    return new StreamPosition(offset, "e");
  }

  private static Publication publication(
      long offset, String data, @Nullable ClientInfo info, Map<String, String> tags) {
    return new Publication(offset, "e", Bytes.utf8(data), info, tags, 7);
  }

  private static void golden(String name, long id, Result result) throws ProtocolException {
    assertEquals(Golden.text("reply/" + name), JSON.encode(new Reply(id, result)).asUtf8());
  }

  private static void golden(String name, String channel, ChannelEvent event)
      throws ProtocolException {
    golden(name, new EventPush(channel, event));
  }

  private static void golden(String name, Push push) throws ProtocolException {
    assertEquals(Golden.text("push/" + name), JSON.encode(push).asUtf8());
  }
}
