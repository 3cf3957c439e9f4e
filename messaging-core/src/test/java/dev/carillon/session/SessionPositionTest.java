package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.open;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.recover;
import static dev.carillon.session.SessionFixture.recoverable;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where subscriptions begin, and what they do when something is missing. */
class SessionPositionTest {

  private static final String ROOM = "chat:a";
  private static final SubscribeResult PLAIN = Answer.plain().result();

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
  void whatComesTooLateEndsAPositionedSubscriptionOnly() {
    var client = recoverable().connected().receive(subscribe(2, ROOM));
    client.effects.subscriber(ROOM).late(publication(7));
    client.effects.answer("open", null);
    client.effects.answer("history", history(6));
    assertEquals(
        List.of(reply(2, Answer.recoverable(6).result()), push(publication(7))),
        client.effects.take());
    client.effects.subscriber(ROOM).late(publication(7));
    assertEquals(List.of(), client.effects.take());
    client.effects.subscriber(ROOM).late(publication(8));
    assertEquals(List.of(unsubscribed(UnsubscribeCode.INSUFFICIENT_STATE)), client.effects.take());

    var plain = open().connected().subscribed(ROOM);
    plain.effects.subscriber(ROOM).late(publication(1));
    assertEquals(List.of(push(publication(1))), plain.effects.take());
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
