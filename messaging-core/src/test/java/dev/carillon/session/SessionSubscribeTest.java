package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.open;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
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
  void aPositionIsGivenWhenAskedForAndAllowed() {
    var asks = ask(ROOM).since(1, "e").positioned().joinLeave().as(2);
    var without = open("history_size", 9, "history_ttl", "1h").connected().receive(asks);
    without.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().recovering().result())), without.effects.take());

    for (String option : List.of("allow_recovery", "allow_history_for_subscriber")) {
      var client =
          open("history_size", 9, "history_ttl", "1h", option, true).connected().receive(asks);
      client.effects.answer("open", null);
      client.effects.answer("history", history(1));
      assertEquals(
          List.of(reply(2, Answer.recoverable(1).recovered().result())),
          client.effects.take(),
          option);
    }
    var positionOnly =
        open("history_size", 9, "history_ttl", "1h", "allow_positioning", true)
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
    assertEquals(List.of(), joinsSeen(open("join_leave", true), asks));
    Object[] allowed = {"join_leave", true, "allow_presence_for_client", true};
    assertEquals(List.of(push(BOB)), joinsSeen(open(allowed), asks));
    assertEquals(List.of(), joinsSeen(open(allowed), subscribe(2, ROOM)));
    Object[] forced = {"join_leave", true, "force_push_join_leave", true};
    assertEquals(List.of(push(BOB)), joinsSeen(open(forced), subscribe(2, ROOM)));
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

  private static SessionFixture social() {
    return open("presence", true, "join_leave", true);
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
}
