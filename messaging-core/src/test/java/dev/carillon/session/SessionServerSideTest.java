package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.Connects.connect;
import static dev.carillon.session.Connects.connected;
import static dev.carillon.session.Connects.given;
import static dev.carillon.session.Connects.grants;
import static dev.carillon.session.Connects.token;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The channels that a client gets by connecting. */
class SessionServerSideTest {

  private static final String NEWS = "news:a";
  private static final String LIVE = "live:a";
  private static final Map<String, Object> PERSONAL =
      Map.of("subscribe_to_user_personal_channel", Map.of("enabled", true));

  @Test
  void theChannelsOfTheTokenAreInTheReplyAndTheirPublicationsFollowIt() {
    var client = given(Map.of(), NEWS, LIVE).receive(connect());
    client.effects.answer("open news", null);
    client.effects.answer("open live", null);
    client.effects.subscriber(NEWS).event(publication(8));
    client.effects.subscriber(LIVE).event(publication(0));
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("history news", history(7));
    assertEquals(
        List.of(
            connected(NEWS, Answer.recoverable(7).result(), LIVE, Answer.plain().result()),
            new EventPush(NEWS, publication(8)),
            new EventPush(LIVE, publication(0))),
        client.effects.take());
    assertEquals(2, client.session.channels());
  }

  @Test
  void commandsWaitForTheChannelsOfTheConnect() {
    var client = given(Map.of(), LIVE).receive(connect(), new UnsubscribeRequest(2, LIVE));
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("open", null);
    assertEquals(
        List.of(connected(LIVE, Answer.plain().result()), reply(2, new UnsubscribeResult())),
        client.effects.take());
  }

  @Test
  void aServerSideSubscriptionRecoversFromThePositionInTheConnect() {
    var client = given(Map.of(), NEWS);
    client.receive(connect(Map.of(NEWS, ask(NEWS).since(5, "e").as(0))));
    client.effects.answer("open", null);
    client.effects.subscriber(NEWS).event(publication(8));
    client.effects.answer(
        "history news:a HistoryQuery[since=StreamPosition[offset=5", history(7, 6, 7));
    assertEquals(
        List.of(connected(NEWS, Answer.recoverable(5).recovered(6, 7, 8).result())),
        client.effects.take());
  }

  @Test
  void whatCannotBeRecoveredIsSaidAndRejectsNothing() {
    var client = given(Map.of(), NEWS);
    client.receive(connect(Map.of(NEWS, ask(NEWS).since(5, "old").orNothing().as(0))));
    client.effects.answer("open", null);
    client.effects.answer("history", history(7));
    assertEquals(
        List.of(connected(NEWS, Answer.recoverable(7).recovering().result())),
        client.effects.take());
  }

  @Test
  void theTokenGivesInfoAndDataAndHasTheLastWordOnOptions() {
    var client = given(Map.of());
    var override = new OptionOverride(true, true, true, null, false);
    var grant = new SubscriptionGrant(Bytes.utf8("[1]"), Bytes.utf8("{}"), override);
    client.effects.connectionTokens.put("t", token(Map.of(NEWS, grant)));
    client.receive(connect());
    client.effects.answer("open", null);
    client.effects.answer("enter", null);
    assertEquals(
        List.of(connected(NEWS, Answer.plain().data("{}").result())), client.effects.take());
    assertEquals(List.of("enter news:a ann[1]", "join news:a ann[1]"), client.effects.others);
  }

  @Test
  void anOverrideCanForceAPosition() {
    var client = given(Map.of());
    var override = new OptionOverride(null, null, null, true, false);
    client.effects.connectionTokens.put("t", token(Map.of(NEWS, plain(override))));
    client.receive(connect());
    client.effects.answer("open", null);
    client.effects.answer("history", history(7));
    assertEquals(List.of(connected(NEWS, Answer.positioned(7).result())), client.effects.take());
  }

  @Test
  void aChannelOfAnUnknownNamespaceOrOfTheConsoleFailsTheConnect() {
    for (String channel : List.of("nowhere:a", "$console:1")) {
      var client = given(Map.of(), LIVE, channel).receive(connect());
      assertEquals(List.of(error(1, ErrorCode.UNKNOWN_CHANNEL)), client.effects.take(), channel);
      assertTrue(client.effects.asked.isEmpty());
    }
  }

  @Test
  void whatTheClusterCannotDoClosesSoThatTheClientComesBack() {
    var client = given(Map.of(), LIVE, NEWS).receive(connect());
    client.effects.answer("open live", null);
    client.effects.fail("open news");
    assertEquals(Disconnect.INTERNAL_SERVER_ERROR, client.effects.closed);
    assertTrue(client.effects.open.isEmpty());
    assertEquals(List.of(), client.effects.take());
  }

  @Test
  void aGapWhileConnectingCloses() {
    var client = given(Map.of(), NEWS).receive(connect());
    client.effects.answer("open", null);
    client.effects.subscriber(NEWS).event(publication(9));
    client.effects.answer("history", history(7));
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
  }

  @Test
  void aGapOfAServerSideSubscriptionCloses() {
    var client = subscribed(NEWS);
    client.effects.subscriber(NEWS).event(publication(2));
    assertEquals(List.of(), client.effects.take());
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
    var told = subscribed(NEWS);
    told.effects.subscriber(NEWS).insufficient();
    assertEquals(Disconnect.INSUFFICIENT_STATE, told.effects.closed);
  }

  @Test
  void aClientMayLeaveAServerSideSubscriptionButNotRefreshIt() {
    var client = subscribed(LIVE).receive(subscribe(2, LIVE), new UnsubscribeRequest(3, LIVE));
    assertEquals(
        List.of(error(2, ErrorCode.ALREADY_SUBSCRIBED), reply(3, new UnsubscribeResult())),
        client.effects.take());
    assertEquals(
        Disconnect.BAD_REQUEST,
        subscribed(LIVE).receive(new SubRefreshRequest(2, LIVE, "t")).effects.closed);
  }

  @Test
  void moreChannelsThanOneMayHaveClose() {
    var client = given(Map.of("channel_limit", 1), LIVE, NEWS).receive(connect());
    assertEquals(Disconnect.CHANNEL_LIMIT, client.effects.closed);
  }

  @Test
  void aSlowChannelDoesNotMakeAnIdentifiedClientStale() {
    var client = given(Map.of(), LIVE).receive(connect()).after(Duration.ofMinutes(1));
    assertNull(client.effects.closed);
    client.effects.answer("open", null);
    assertEquals(List.of(connected(LIVE, Answer.plain().result())), client.effects.take());
  }

  @Test
  void aRefreshWithOtherChannelsClosesSoThatTheClientGetsThem() {
    assertEquals(List.of(reply(2, new RefreshResult(0))), refreshed(LIVE, NEWS));
    assertEquals(Disconnect.INSUFFICIENT_STATE, refreshed(LIVE));
    assertEquals(Disconnect.INSUFFICIENT_STATE, refreshed(LIVE, NEWS, "live:b"));
    assertEquals(List.of(error(2, ErrorCode.UNKNOWN_CHANNEL)), refreshed(LIVE, "nowhere:a"));
  }

  @Test
  void aRefreshDoesNotMindChannelsThatTheTokenDidNotGive() {
    var client = given(PERSONAL, LIVE).receive(connect());
    client.effects.answer("open live", null);
    client.effects.answer("open #ann", null);
    client.receive(subscribe(2, "live:b"));
    client.effects.answer("open live:b", null);
    client.effects.take();
    client.receive(new RefreshRequest(3, "t"));
    assertEquals(List.of(reply(3, new RefreshResult(0))), client.effects.take());
    client.receive(new UnsubscribeRequest(4, LIVE), new RefreshRequest(5, "t"));
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
  }

  @Test
  void theChannelsOfTheConsoleAreNobodysBusiness() {
    var client =
        new SessionFixture(Map.of("insecure", true), List.of(namespace("console")))
            .receive(new ConnectRequest(1, "", "js", "1"));
    client.effects.take();
    client.effects.subscriptionTokens.put(
        "t", SessionFixture.subscription("", "$console:1", "", null));
    client.receive(subscribe(2, "$console:1", "t"), SessionFixture.publish(3, "$console:1", "1"));
    assertEquals(
        List.of(error(2, ErrorCode.PERMISSION_DENIED), error(3, ErrorCode.PERMISSION_DENIED)),
        client.effects.take());
  }

  /** What a refresh brings after a connect with {@code live:a} and {@code news:a}. */
  private static Object refreshed(String... channels) {
    var client = given(Map.of(), LIVE, NEWS).receive(connect());
    client.effects.answer("open live", null);
    client.effects.answer("open news", null);
    client.effects.answer("history", history(0));
    client.effects.take();
    client.effects.connectionTokens.put("next", token(grants(channels)));
    client.receive(new RefreshRequest(2, "next"));
    Disconnect closed = client.effects.closed;
    return closed == null ? client.effects.take() : closed;
  }

  /** A client whose token gives this channel. */
  private static SessionFixture subscribed(String channel) {
    var client = given(Map.of(), channel).receive(connect());
    while (!client.effects.asked.isEmpty()) {
      String what = client.effects.asked.element().what();
      client.effects.answer(what, what.startsWith("history") ? history(0) : null);
    }
    client.effects.take();
    return client;
  }

  private static SubscriptionGrant plain(OptionOverride override) {
    return new SubscriptionGrant(Bytes.EMPTY, Bytes.EMPTY, override);
  }
}
