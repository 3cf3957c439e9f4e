package dev.carillon.session;

import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static dev.carillon.session.SessionFixture.subscription;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.PublishResult;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several commands of one client at once, as {@code client.concurrency} allows. */
class SessionConcurrencyTest {

  private static final String ROOM = "chat:a";

  @Test
  void commandsRunOneAfterTheOtherByDefault() {
    for (int atOnce : new int[] {0, 1}) {
      var client = concurrent(atOnce).receive(publish(2, ROOM, "1"), publish(3, ROOM, "2"));
      assertEquals(1, client.effects.asked.size());
    }
  }

  @Test
  void asManyCommandsAsAllowedRunAtOnceAndAreAnsweredWhenTheyAreDone() {
    var client =
        concurrent(2).receive(publish(2, ROOM, "1"), publish(3, ROOM, "2"), publish(4, ROOM, "3"));
    assertEquals(2, client.effects.asked.size());
    client.effects.asked.addLast(client.effects.asked.removeFirst());
    client.effects.answer("publish chat:a 2", null);
    client.effects.answer("publish chat:a 1", null);
    client.effects.answer("publish chat:a 3", null);
    assertEquals(
        List.of(
            reply(3, new PublishResult()),
            reply(2, new PublishResult()),
            reply(4, new PublishResult())),
        client.effects.take());
  }

  @Test
  void aSubscribeUnderWayTakesItsChannelAlready() {
    var client = concurrent(8, "channel_limit", 2);
    client.receive(subscribe(2, ROOM), subscribe(3, ROOM), subscribe(4, "chat:b"));
    client.receive(subscribe(5, "chat:c"));
    assertEquals(
        List.of(error(3, ErrorCode.ALREADY_SUBSCRIBED), error(5, ErrorCode.LIMIT_EXCEEDED)),
        client.effects.take());
  }

  @Test
  void aChannelIsTakenWhileTheTokenIsChecked() {
    var client = concurrent(8);
    client.effects.verifyLate = true;
    client.effects.subscriptionTokens.put("t", subscription("ann", ROOM, "", null));
    client.receive(subscribe(2, ROOM, "t"), subscribe(3, ROOM));
    assertEquals(List.of(error(3, ErrorCode.ALREADY_SUBSCRIBED)), client.effects.take());
    client.effects.lateVerifications.remove().run();
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().result())), client.effects.take());
  }

  @Test
  void aRefusedSubscribeFreesItsChannel() {
    var client = concurrent(8);
    client.effects.verifyLate = true;
    client.receive(subscribe(2, ROOM, "forged"));
    client.effects.lateVerifications.remove().run();
    client.receive(subscribe(3, ROOM));
    client.effects.answer("open", null);
    assertEquals(
        List.of(error(2, ErrorCode.PERMISSION_DENIED), reply(3, Answer.plain().result())),
        client.effects.take());
  }

  @Test
  void anUnsubscribeWaitsForTheSubscribeBeforeIt() {
    var client = concurrent(8).receive(subscribe(2, ROOM), new UnsubscribeRequest(3, ROOM));
    assertEquals(List.of(), client.effects.take());
    client.effects.answer("open", null);
    assertEquals(
        List.of(reply(2, Answer.plain().result()), reply(3, new UnsubscribeResult())),
        client.effects.take());
    assertTrue(client.effects.open.isEmpty());
  }

  @Test
  void anUnsubscribeIsAnsweredWhenTheSubscribeBeforeItFails() {
    var client = concurrent(8).receive(subscribe(2, ROOM), new UnsubscribeRequest(3, ROOM));
    client.effects.fail("open");
    assertEquals(
        List.of(error(2, ErrorCode.INTERNAL), reply(3, new UnsubscribeResult())),
        client.effects.take());
  }

  @Test
  void anUnsubscribeEndsNoSubscriptionThatWasAskedForAfterIt() {
    var client =
        concurrent(2)
            .receive(subscribe(2, ROOM), new UnsubscribeRequest(3, ROOM), subscribe(4, ROOM));
    client.effects.fail("open");
    client.effects.answer("open", null);
    assertEquals(
        List.of(
            error(2, ErrorCode.INTERNAL),
            reply(3, new UnsubscribeResult()),
            reply(4, Answer.plain().result())),
        client.effects.take());
    assertEquals(1, client.session.channels());
  }

  @Test
  void whatComesBehindAnUnsubscribeWaitsForIt() {
    var client = concurrent(8).receive(subscribe(2, ROOM), new UnsubscribeRequest(3, ROOM));
    client.receive(subscribe(4, ROOM), new UnsubscribeRequest(5, ROOM), subscribe(6, ROOM));
    for (int subscribes = 0; subscribes < 3; subscribes++) {
      client.effects.answer("open", null);
    }
    assertEquals(
        List.of(
            reply(2, Answer.plain().result()),
            reply(3, new UnsubscribeResult()),
            reply(4, Answer.plain().result()),
            reply(5, new UnsubscribeResult()),
            reply(6, Answer.plain().result())),
        client.effects.take());
    assertEquals(1, client.session.channels());
  }

  @Test
  void anUnsubscribeThatWaitsTooLongClosesSoThatTheClientBeginsAnew() {
    var client = concurrent(8).receive(subscribe(2, ROOM), new UnsubscribeRequest(3, ROOM));
    client.after(Duration.ofMillis(4_999));
    assertNull(client.effects.closed);
    client.after(Duration.ofMillis(1));
    assertEquals(Disconnect.INTERNAL_SERVER_ERROR, client.effects.closed);
  }

  @Test
  void aSubscriptionThatEndedMeanwhileIsNotRefreshed() {
    var client = concurrent(8).subscribed(ROOM);
    client.effects.verifyLate = true;
    client.effects.subscriptionTokens.put("t", subscription("ann", ROOM, "", null));
    client.receive(new SubRefreshRequest(3, ROOM, "t"), new UnsubscribeRequest(4, ROOM));
    client.effects.lateVerifications.remove().run();
    assertEquals(
        List.of(reply(4, new UnsubscribeResult()), error(3, ErrorCode.PERMISSION_DENIED)),
        client.effects.take());
  }

  @Test
  void newInfoIsShownEvenOfASubscriptionThatIsUnderWay() {
    var client =
        new SessionFixture(
            Map.of("concurrency", 8),
            List.of(namespace("chat", "presence", true, "allow_subscribe_for_client", true)));
    client.connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    client.effects.connectionTokens.put("new", SessionFixture.connection("ann", "{}", null));
    client.receive(new RefreshRequest(3, "new"));
    assertEquals(
        List.of("enter chat:a ann{\"name\":\"Ann\"}", "enter chat:a ann{}"), client.effects.others);
    assertEquals(List.of(reply(3, new RefreshResult(0))), client.effects.take());
  }

  private static SessionFixture concurrent(int atOnce, Object... more) {
    Map<String, Object> options = namespace("", more);
    options.put("concurrency", atOnce);
    return new SessionFixture(
            options,
            List.of(
                namespace(
                    "chat", "allow_subscribe_for_client", true, "allow_publish_for_client", true)))
        .connected();
  }
}
