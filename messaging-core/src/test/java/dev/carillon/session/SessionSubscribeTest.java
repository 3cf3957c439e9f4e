package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.chat;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.recover;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static dev.carillon.session.SessionFixture.subscription;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import dev.carillon.token.OptionOverride;
import dev.carillon.token.SubscriptionGrant;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionSubscribeTest {

  private static final String ROOM = "chat:a";
  private static final String PRIVATE = "$chat:a";
  private static final SubscribeResult PLAIN = Answer.plain().result();
  private static final Join BOB =
      new Join(new ClientInfo("bob", "client-2", Bytes.EMPTY, Bytes.EMPTY));

  @Test
  void aPlainSubscriptionPassesOnWhatComes() {
    var client = open().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, PLAIN)), client.effects.take());
    event(client, publication(7));
    event(client, publication(7));
    assertEquals(List.of(push(publication(7)), push(publication(7))), client.effects.take());
  }

  @Test
  void theReplyComesBeforeWhatArrivedMeanwhile() {
    var client = open().connected().receive(subscribe(2, ROOM));
    event(client, publication(1));
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, PLAIN), push(publication(1))), client.effects.take());
  }

  @Test
  void aPositionedSubscriptionStartsAtTheTop() {
    var client = recoverable().connected().receive(subscribe(2, ROOM));
    event(client, publication(6));
    client.effects.answer("open", null);
    event(client, publication(7));
    event(client, publication(8));
    client.effects.answer("history", history(7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(7).result()), push(publication(8))),
        client.effects.take());
  }

  @Test
  void recoveryPutsEverythingIntoTheReplyAndGoesOnBehindIt() {
    var client = recoverable().connected().receive(recover(2, ROOM, 5, "e"));
    client.effects.answer("open", null);
    event(client, publication(7));
    event(client, publication(8));
    client.effects.answer("history", history(7, 6, 7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(5).recovered(6, 7, 8).result())),
        client.effects.take());
    event(client, publication(8));
    event(client, publication(9));
    assertEquals(List.of(push(publication(9))), client.effects.take());
  }

  @Test
  void anUnrecoverablePositionSaysSoOrIsRefused() {
    var client = recoverable().connected().receive(recover(2, ROOM, 5, "old"));
    client.effects.answer("open", null);
    client.effects.answer("history", history(7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(7).recovering().result())), client.effects.take());

    var asks = ask(ROOM).since(5, "old").orNothing().as(2);
    var strict = recoverable().connected().receive(asks);
    strict.effects.answer("open", null);
    strict.effects.answer("history", history(7));
    assertEquals(List.of(error(2, ErrorCode.UNRECOVERABLE_POSITION)), strict.effects.take());
    assertTrue(strict.effects.open.isEmpty());
    assertEquals(0, strict.session.channels());
  }

  @Test
  void aGapWhileSubscribingClosesWithInsufficientState() {
    var client = recoverable().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    event(client, publication(9));
    client.effects.answer("history", history(7));
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
    assertTrue(client.effects.open.isEmpty());
  }

  @Test
  void aLossThatTheFeedReportsWhileSubscribingClosesToo() {
    var client = recoverable().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    client.effects.subscriber(ROOM).insufficient();
    client.effects.answer("history", history(7));
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
  }

  @Test
  void tooMuchWhileSubscribingClosesInsteadOfTakingMemory() {
    var client =
        new SessionFixture(
                Map.of("queue_max_size", 4096),
                List.of(namespace("chat", "allow_subscribe_for_client", true)))
            .connected()
            .receive(subscribe(2, ROOM));
    for (int i = 0; i < 1_000; i++) {
      event(client, publication(0));
    }
    client.effects.answer("open", null);
    assertEquals(Disconnect.INSUFFICIENT_STATE, client.effects.closed);
  }

  @Test
  void aGapEndsTheSubscriptionSoThatTheClientRecovers() {
    var client = recoverable().connected().subscribed(ROOM);
    event(client, publication(1));
    event(client, publication(3));
    event(client, publication(4));
    assertEquals(
        List.of(push(publication(1)), unsubscribed(UnsubscribeCode.INSUFFICIENT_STATE)),
        client.effects.take());
    client.receive(recover(3, ROOM, 1, "e"));
    client.effects.answer("open", null);
    client.effects.answer("history", history(4, 2, 3, 4));
    assertEquals(
        List.of(reply(3, Answer.recoverable(1).recovered(2, 3, 4).result())),
        client.effects.take());
  }

  @Test
  void anotherEpochOrALossEndsAPositionedSubscriptionOnly() {
    var reborn = new Publication(1, "f", Bytes.utf8("1"), null, Map.of(), 0);
    var client = recoverable().connected().subscribed(ROOM);
    event(client, reborn);
    assertEquals(List.of(unsubscribed(UnsubscribeCode.INSUFFICIENT_STATE)), client.effects.take());
    client.subscribed(ROOM);
    client.effects.subscriber(ROOM).insufficient();
    assertEquals(List.of(unsubscribed(UnsubscribeCode.INSUFFICIENT_STATE)), client.effects.take());

    var plain = open().connected().subscribed(ROOM);
    plain.effects.subscriber(ROOM).insufficient();
    event(plain, reborn);
    assertEquals(List.of(push(reborn)), plain.effects.take());
  }

  @Test
  void aPositionIsGivenWhenAskedForAndAllowed() {
    var asks = ask(ROOM).since(1, "e").positioned().joinLeave().as(2);
    var without = chat(with("history_size", 9, "history_ttl", "1h")).connected().receive(asks);
    without.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().recovering().result())), without.effects.take());

    for (String option : List.of("allow_recovery", "allow_history_for_subscriber")) {
      var client =
          chat(with("history_size", 9, "history_ttl", "1h", option, true))
              .connected()
              .receive(asks);
      client.effects.answer("open", null);
      client.effects.answer("history", history(1));
      assertEquals(
          List.of(reply(2, Answer.recoverable(1).recovered().result())),
          client.effects.take(),
          option);
    }
    var positionOnly =
        chat(with("history_size", 9, "history_ttl", "1h", "allow_positioning", true))
            .connected()
            .receive(asks);
    positionOnly.effects.answer("open", null);
    positionOnly.effects.answer("history", history(1));
    assertEquals(
        List.of(reply(2, Answer.positioned(1).recovering().result())), positionOnly.effects.take());
  }

  @Test
  void joinsAndLeavesAreForThoseWhoAskAndMaySeePresence() {
    var asks = ask(ROOM).joinLeave().as(2);
    assertEquals(List.of(), joinsSeen(chat(with("join_leave", true)), asks));
    var allowed = with("join_leave", true, "presence", true, "allow_presence_for_client", true);
    assertEquals(List.of(push(BOB)), joinsSeen(chat(allowed), asks));
    assertEquals(List.of(), joinsSeen(chat(allowed), subscribe(2, ROOM)));
    var forced = with("join_leave", true, "force_push_join_leave", true);
    assertEquals(List.of(push(BOB)), joinsSeen(chat(forced), subscribe(2, ROOM)));
  }

  @Test
  void presenceComesBeforeTheReplyAndTheOwnJoinAfterIt() {
    var client = social().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    assertEquals(List.of("enter chat:a ann{\"name\":\"Ann\"}"), client.effects.others);
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("enter", null);
    assertEquals(List.of(reply(2, PLAIN)), client.effects.take());
    assertEquals("join chat:a ann{\"name\":\"Ann\"}", client.effects.others.get(1));
  }

  @Test
  void unsubscribingTakesTheClientOutOfPresenceBeforeTheReply() {
    var client = social().connected().subscribed(ROOM);
    client.effects.others.clear();
    client.receive(new UnsubscribeRequest(3, ROOM));
    assertTrue(client.effects.open.isEmpty());
    assertEquals(List.of("exit leave chat:a ann{\"name\":\"Ann\"}"), client.effects.others);
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("exit", null);
    assertEquals(List.of(reply(3, new UnsubscribeResult())), client.effects.take());
    client.receive(new UnsubscribeRequest(4, ROOM));
    assertEquals(List.of(reply(4, new UnsubscribeResult())), client.effects.take());
  }

  @Test
  void theEndOfTheConnectionCleansUpOnce() {
    var client = social().connected().subscribed(ROOM);
    client.effects.others.clear();
    client.session.close(Disconnect.SHUTDOWN);
    client.session.closed();
    client.session.close(Disconnect.SLOW);
    assertEquals(List.of("exit leave chat:a ann{\"name\":\"Ann\"}"), client.effects.others);
    assertEquals(Disconnect.SHUTDOWN, client.effects.closed);
    assertTrue(client.effects.open.isEmpty());
  }

  @Test
  void theEndWhileSubscribingRemovesPresenceButAnnouncesNoLeave() {
    var client = social().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    client.effects.others.clear();
    client.session.closed();
    client.effects.answer("enter", null);
    assertEquals(List.of("exit chat:a ann{\"name\":\"Ann\"}"), client.effects.others);
    assertEquals(List.of(), client.effects.take());
  }

  @Test
  void aFailureIsAnErrorAndLeavesNothingBehind() {
    var client = social().connected().receive(subscribe(2, ROOM));
    client.effects.fail("open");
    assertEquals(List.of(error(2, ErrorCode.INTERNAL)), client.effects.take());
    assertTrue(client.effects.open.isEmpty());

    client.receive(subscribe(3, ROOM));
    client.effects.answer("open", null);
    client.effects.fail("enter");
    client.effects.answer("exit", null);
    assertEquals(List.of(error(3, ErrorCode.INTERNAL)), client.effects.take());
    assertEquals(0, client.session.channels());
  }

  @Test
  void theSameChannelTwiceIsAnError() {
    var client = open().connected().subscribed(ROOM).receive(subscribe(3, ROOM));
    assertEquals(List.of(error(3, ErrorCode.ALREADY_SUBSCRIBED)), client.effects.take());
  }

  @Test
  void channelsPerClientAreLimited() {
    var client =
        new SessionFixture(
                Map.of("channel_limit", 2),
                List.of(namespace("chat", "allow_subscribe_for_client", true)))
            .connected()
            .subscribed("chat:a")
            .subscribed("chat:b")
            .receive(subscribe(3, "chat:c"));
    assertEquals(List.of(error(3, ErrorCode.LIMIT_EXCEEDED)), client.effects.take());
    client.receive(new UnsubscribeRequest(4, "chat:a"), subscribe(5, "chat:c"));
    client.effects.answer("open chat:c", null);
    assertEquals(
        List.of(reply(4, new UnsubscribeResult()), reply(5, PLAIN)), client.effects.take());
  }

  @Test
  void aChannelMustHaveAGoodNameInAKnownNamespace() {
    assertEquals(error(2, ErrorCode.UNKNOWN_CHANNEL), refusal("nowhere:a"));
    assertEquals(error(2, ErrorCode.BAD_REQUEST), refusal("chat:é"));
    assertEquals(error(2, ErrorCode.BAD_REQUEST), refusal("chat:" + "a".repeat(251)));
    assertEquals(error(2, ErrorCode.PERMISSION_DENIED), refusal("general"));
    assertEquals(error(2, ErrorCode.PERMISSION_DENIED), refusal(PRIVATE));
  }

  @Test
  void whatIsNotOfferedIsRefusedAsAServerWithoutItDoes() {
    var map = ask(ROOM).type(1).as(2);
    assertEquals(
        List.of(error(2, ErrorCode.PERMISSION_DENIED)),
        open().connected().receive(map).effects.take());
    assertEquals(
        List.of(error(2, ErrorCode.NOT_AVAILABLE)),
        open().connected().receive(ask(ROOM).type(4).as(2)).effects.take());
    assertNull(open().connected().receive(delta("fossil")).effects.closed);
    assertEquals(Disconnect.BAD_REQUEST, open().connected().receive(delta("zip")).effects.closed);
  }

  @Test
  void aTokenAloneOpensAPrivateChannel() {
    var client = chat("allow_publish_for_subscriber", true).connected();
    client.effects.subscriptionTokens.put("t", subscription("ann", PRIVATE, "[1]", null));
    client.receive(subscribe(2, PRIVATE, "t"));
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, PLAIN)), client.effects.take());
    client.receive(publish(3, PRIVATE, "1"));
    client.effects.answer("publish $chat:a 1 by ann[1]", null);
  }

  @Test
  void aTokenGivesDataAndHasTheLastWordOnOptions() {
    var client = open().connected();
    var override = new OptionOverride(true, true, null, null, null);
    var grant = new SubscriptionGrant(Bytes.utf8("[1]"), Bytes.utf8("{}"), override);
    client.effects.subscriptionTokens.put(
        "t", new Verification.Valid<>(new SubscriptionToken("ann", ROOM, "", grant, null)));
    client.receive(subscribe(2, ROOM, "t"));
    client.effects.answer("open", null);
    client.effects.answer("enter", null);
    assertEquals(List.of(reply(2, Answer.plain().data("{}").result())), client.effects.take());
    assertEquals("join chat:a ann{\"name\":\"Ann\"}[1]", client.effects.others.get(1));
  }

  @Test
  void aTokenForAnotherClientCloses() {
    var client = open().connected();
    var token = new SubscriptionToken("ann", ROOM, "client-2", SubscriptionGrant.PLAIN, null);
    client.effects.subscriptionTokens.put("t", new Verification.Valid<>(token));
    assertEquals(Disconnect.INVALID_TOKEN, client.receive(subscribe(2, ROOM, "t")).effects.closed);
  }

  @Test
  void aTokenForAnotherChannelOrUserCloses() {
    var client = open().connected();
    client.effects.subscriptionTokens.put("t", subscription("ann", "$chat:b", "", null));
    assertEquals(
        Disconnect.INVALID_TOKEN, client.receive(subscribe(2, PRIVATE, "t")).effects.closed);
    var other = open().connected();
    other.effects.subscriptionTokens.put("t", subscription("bob", PRIVATE, "", null));
    assertEquals(
        Disconnect.INVALID_TOKEN, other.receive(subscribe(2, PRIVATE, "t")).effects.closed);
  }

  @Test
  void aBadTokenIsAnErrorEvenWhereNoneIsNeeded() {
    var client = open().connected();
    client.effects.subscriptionTokens.put("late", new Verification.Expired<>());
    client.effects.subscriptionTokens.put("over", subscription("ann", ROOM, "", Duration.ZERO));
    client.receive(
        subscribe(2, ROOM, "forged"), subscribe(3, ROOM, "late"), subscribe(4, ROOM, "over"));
    assertEquals(
        List.of(
            error(2, ErrorCode.PERMISSION_DENIED),
            error(3, ErrorCode.TOKEN_EXPIRED),
            error(4, ErrorCode.EXPIRED)),
        client.effects.take());
  }

  @Test
  void anExpiringSubscriptionIsRefreshedOrEnds() {
    var client = open().connected();
    client.effects.subscriptionTokens.put(
        "short", subscription("ann", ROOM, "", Duration.ofSeconds(2)));
    client.receive(subscribe(2, ROOM, "short"));
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().ttl(2).result())), client.effects.take());
    client.receive(new SubRefreshRequest(3, ROOM, "short"));
    assertEquals(List.of(reply(3, new SubRefreshResult(2))), client.effects.take());
    client.session.tick(client.now + 26_999);
    assertEquals(List.of(RecordedEffects.PING), client.effects.take());
    client.session.tick(client.now + 27_000);
    assertEquals(
        List.of(unsubscribed(UnsubscribeCode.SUBSCRIPTION_EXPIRED)), client.effects.take());
  }

  @Test
  void aRefreshWithATokenThatIsOverIsAnError() {
    var client = open().connected().subscribed(ROOM);
    client.effects.subscriptionTokens.put("over", subscription("ann", ROOM, "", Duration.ZERO));
    client.effects.subscriptionTokens.put("far", new Verification.Unknown<>("no key"));
    client.receive(new SubRefreshRequest(3, ROOM, "over"), new SubRefreshRequest(4, ROOM, "far"));
    assertEquals(
        List.of(error(3, ErrorCode.EXPIRED), error(4, ErrorCode.INTERNAL)), client.effects.take());
  }

  @Test
  void aBadRefreshOfASubscriptionCloses() {
    var client = open().connected().subscribed(ROOM);
    client.effects.subscriptionTokens.put("late", new Verification.Expired<>());
    client.receive(new SubRefreshRequest(3, "chat:b", "t"), new SubRefreshRequest(4, ROOM, ""));
    assertEquals(
        List.of(error(3, ErrorCode.PERMISSION_DENIED), error(4, ErrorCode.BAD_REQUEST)),
        client.effects.take());
    assertEquals(
        Disconnect.SUBSCRIPTION_EXPIRED,
        client.receive(new SubRefreshRequest(5, ROOM, "late")).effects.closed);
    assertEquals(
        Disconnect.INVALID_TOKEN,
        open()
            .connected()
            .subscribed(ROOM)
            .receive(new SubRefreshRequest(5, ROOM, "forged"))
            .effects
            .closed);
  }

  private static Object refusal(String channel) {
    var client =
        new SessionFixture(Map.of(), List.of(namespace("chat", "allow_subscribe_for_client", true)))
            .connected()
            .receive(subscribe(2, channel));
    return client.effects.take().get(0);
  }

  private static List<Object> joinsSeen(SessionFixture client, SubscribeRequest request) {
    client.connected().receive(request);
    while (!client.effects.asked.isEmpty()) {
      client.effects.answer("", null);
    }
    client.effects.take();
    event(client, BOB);
    return client.effects.take();
  }

  private static SubscribeRequest delta(String kind) {
    return ask(ROOM).delta(kind).as(2);
  }

  private static SessionFixture open() {
    return chat(with());
  }

  private static SessionFixture recoverable() {
    return chat(with("force_recovery", true, "history_size", 10, "history_ttl", "1h"));
  }

  private static SessionFixture social() {
    return chat(with("presence", true, "join_leave", true));
  }

  private static Object[] with(Object... keysAndValues) {
    Object[] all = new Object[keysAndValues.length + 2];
    System.arraycopy(keysAndValues, 0, all, 2, keysAndValues.length);
    all[0] = "allow_subscribe_for_client";
    all[1] = true;
    return all;
  }

  private static void event(SessionFixture client, ChannelEvent event) {
    Subscriber subscriber = client.effects.open.get(ROOM);
    if (subscriber != null) {
      subscriber.event(event);
    }
  }

  private static EventPush push(ChannelEvent event) {
    return new EventPush(ROOM, event);
  }

  private static UnsubscribePush unsubscribed(UnsubscribeCode code) {
    return new UnsubscribePush(ROOM, code);
  }
}
