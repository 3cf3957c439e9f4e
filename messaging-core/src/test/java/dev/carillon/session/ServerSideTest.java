package dev.carillon.session;

import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.RefreshPush;
import dev.carillon.protocol.SubscribePush;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server does to a client that has not asked for it. */
class ServerSideTest {

  private static final StreamPosition NONE = StreamPosition.NONE;

  private static SessionFixture client() {
    return new SessionFixture(
            Map.of("channel_limit", 2),
            List.of(
                namespace("chat", "allow_subscribe_for_client", true),
                namespace("room", "allow_subscribe_for_client", true, "presence", true),
                namespace("news", "history_size", 10, "history_ttl", "1h", "force_recovery", true)))
        .connected();
  }

  private static UnsubscribePush revoked(String channel) {
    return new UnsubscribePush(channel, UnsubscribeCode.SERVER_UNSUBSCRIBE);
  }

  private static void subscribe(SessionFixture client, String channel) {
    client.session.serverSide().subscribe(channel, SubscriptionGrant.PLAIN, null, null);
  }

  @Test
  void theServerFindsAClientByItsUserFromItsConnectOn() {
    var client = new SessionFixture(Map.of(), List.of());
    assertFalse(client.effects.isConnected);
    client.receive(new ConnectRequest(1, "ann", "js", "1"));
    assertTrue(client.effects.isConnected);
  }

  @Test
  void aSubscriptionThatIsRevokedEndsAndTheClientIsTold() {
    var client = client().subscribed("chat:a");
    client.session.serverSide().unsubscribe("chat:a");
    assertEquals(List.of(revoked("chat:a")), client.effects.take());
    assertEquals(0, client.session.channels());
    assertTrue(client.effects.open.isEmpty());
  }

  @Test
  void aClientThatIsNotSubscribedIsToldAsWell() {
    var client = client();
    client.session.serverSide().unsubscribe("chat:a");
    assertEquals(List.of(revoked("chat:a")), client.effects.take());
  }

  @Test
  void allChannelsAreThoseThatTheClientHas() {
    var client = client().subscribed("chat:a");
    client.receive(SessionFixture.subscribe(3, "chat:b"));
    client.session.serverSide().unsubscribe("");
    assertEquals(List.of(revoked("chat:a")), client.effects.take());
    client.effects.answer("open chat:b", null);
    assertEquals(
        List.of(reply(3, Answer.plain().result()), revoked("chat:b")), client.effects.take());
    assertEquals(0, client.session.channels());
  }

  @Test
  void ofSubscriptionsThatBothSidesEndMeanwhileBothAreTold() {
    var client = client();
    client.receive(SessionFixture.subscribe(3, "chat:a"), new UnsubscribeRequest(4, "chat:a"));
    client.session.serverSide().unsubscribe("chat:a");
    client.effects.answer("open chat:a", null);
    assertEquals(
        List.of(
            reply(3, Answer.plain().result()),
            revoked("chat:a"),
            reply(4, new UnsubscribeResult())),
        client.effects.take());
  }

  @Test
  void theServerSubscribesAClientAndSaysWhereItBegins() {
    var client = client();
    subscribe(client, "news:a");
    client.effects.answer("open", null);
    client.effects.subscriber("news:a").event(publication(8));
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("history", history(7));
    assertEquals(
        List.of(
            new SubscribePush("news:a", true, true, new StreamPosition(7, "e"), Bytes.EMPTY),
            new EventPush("news:a", publication(8))),
        client.effects.take());
    assertEquals(1, client.session.channels());
  }

  @Test
  void whatWasMissedFollowsTheSubscription() {
    var client = client();
    client
        .session
        .serverSide()
        .subscribe("news:a", SubscriptionGrant.PLAIN, null, new StreamPosition(5, "e"));
    client.effects.answer("open", null);
    client.effects.answer(
        "history news:a HistoryQuery[since=StreamPosition[offset=5", history(7, 6, 7));
    assertEquals(
        List.of(
            new SubscribePush("news:a", true, true, new StreamPosition(5, "e"), Bytes.EMPTY),
            new EventPush("news:a", publication(6)),
            new EventPush("news:a", publication(7))),
        client.effects.take());
  }

  @Test
  void theGrantGivesDataAndInfoAndHasTheLastWordOnOptions() {
    var client = client();
    var override = new OptionOverride(true, true, null, null, null);
    var grant = new SubscriptionGrant(Bytes.utf8("[1]"), Bytes.utf8("{}"), override);
    client.session.serverSide().subscribe("chat:a", grant, null, null);
    client.effects.answer("open", null);
    client.effects.answer("enter", null);
    assertEquals(
        List.of(new SubscribePush("chat:a", false, false, NONE, Bytes.utf8("{}"))),
        client.effects.take());
    assertEquals(
        List.of("enter chat:a ann{\"name\":\"Ann\"}[1]", "join chat:a ann{\"name\":\"Ann\"}[1]"),
        client.effects.others);
  }

  @Test
  void nothingHappensToWhoIsSubscribedOrHasTooManyChannelsOrWhereThereIsNoNamespace() {
    var client = client().subscribed("chat:a").subscribed("chat:b");
    subscribe(client, "chat:a");
    subscribe(client, "chat:c");
    client.session.serverSide().unsubscribe("chat:b");
    client.effects.take();
    subscribe(client, "nowhere:a");
    subscribe(client, "$console:1");
    assertEquals(List.of(), client.effects.take());
    assertEquals(1, client.session.channels());
  }

  @Test
  void whoIsJustLeavingIsNotSubscribedAgainBeforeTheReply() {
    var client = client().subscribed("room:a");
    client.receive(new UnsubscribeRequest(4, "room:a"));
    subscribe(client, "room:a");
    assertTrue(client.effects.open.isEmpty());
    client.effects.answer("exit", null);
    assertEquals(List.of(reply(4, new UnsubscribeResult())), client.effects.take());
    subscribe(client, "room:a");
    client.effects.answer("open", null);
    client.effects.answer("enter", null);
    assertEquals(
        List.of(new SubscribePush("room:a", false, false, NONE, Bytes.EMPTY)),
        client.effects.take());
  }

  @Test
  void aSubscriptionOfTheServerThatIsOverEndsTheConnection() {
    var client = client();
    client
        .session
        .serverSide()
        .subscribe("chat:a", SubscriptionGrant.PLAIN, Duration.ofSeconds(30), null);
    client.effects.answer("open", null);
    client.after(Duration.ofSeconds(54));
    assertEquals(null, client.effects.closed);
    client.after(Duration.ofSeconds(1));
    assertEquals(Disconnect.SUBSCRIPTION_EXPIRED, client.effects.closed);
  }

  @Test
  void whatCannotBeSubscribedLeavesNothingBehind() {
    var client = client();
    subscribe(client, "chat:a");
    client.effects.fail("open");
    assertEquals(List.of(), client.effects.take());
    assertEquals(0, client.session.channels());
    assertTrue(client.effects.open.isEmpty());
  }

  @Test
  void aConnectionIsGivenMoreTimeOrAllTimeOrNone() {
    var client = client();
    client.session.serverSide().refresh(Duration.ofSeconds(30), null);
    client.session.serverSide().refresh(null, null);
    assertEquals(List.of(new RefreshPush(30), new RefreshPush(0)), client.effects.take());
    client.after(Duration.ofHours(1));
    client.session.serverSide().refresh(Duration.ofMillis(-1), null);
    assertEquals(Disconnect.CONNECTION_EXPIRED, client.effects.closed);
  }

  @Test
  void aConnectionThatIsSaidToHaveExpiredIsClosed() {
    var client = client();
    client.session.serverSide().expire();
    assertEquals(Disconnect.CONNECTION_EXPIRED, client.effects.closed);
  }

  @Test
  void othersSeeTheNewInfo() {
    var client = client();
    client.session.serverSide().refresh(null, Bytes.utf8("{}"));
    assertEquals(Bytes.utf8("{}"), client.session.info().connInfo());
  }

  @Test
  void nothingHappensToAClientThatIsGone() {
    var client = client();
    client.session.close(Disconnect.SHUTDOWN);
    subscribe(client, "chat:a");
    client.session.serverSide().unsubscribe("");
    client.session.serverSide().unsubscribe("chat:a");
    client.session.serverSide().refresh(null, null);
    client.session.serverSide().expire();
    assertEquals(List.of(), client.effects.take());
    assertEquals(Disconnect.SHUTDOWN, client.effects.closed);
  }
}
