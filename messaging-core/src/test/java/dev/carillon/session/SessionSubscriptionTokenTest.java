package dev.carillon.session;

import static dev.carillon.session.SessionFixture.chat;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.open;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static dev.carillon.session.SessionFixture.subscription;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Subscriptions with tokens: who may have them, and until when. */
class SessionSubscriptionTokenTest {

  private static final String ROOM = "chat:a";
  private static final String PRIVATE = "$chat:a";
  private static final SubscribeResult PLAIN = Answer.plain().result();

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
  void aRefreshShowsItsInfoInPlaceOfTheOldOne() {
    var client = open("presence", true).connected();
    client.effects.subscriptionTokens.put("t", subscription("ann", ROOM, "[1]", null));
    client.effects.subscriptionTokens.put("next", subscription("ann", ROOM, "[2]", null));
    client.receive(subscribe(2, ROOM, "t"));
    client.effects.answer("open", null);
    client.effects.answer("enter", null);
    client.receive(new SubRefreshRequest(3, ROOM, "next"));
    assertEquals(
        List.of(reply(2, PLAIN), reply(3, new SubRefreshResult(0))), client.effects.take());
    String ann = "enter chat:a ann{\"name\":\"Ann\"}";
    assertEquals(List.of(ann + "[1]", ann + "[2]"), client.effects.others);
  }

  @Test
  void aRefreshWithATokenOfAnotherChannelUserOrClientCloses() {
    var other = new SubscriptionToken("ann", ROOM, "client-2", SubscriptionGrant.PLAIN, null);
    for (var token :
        List.of(
            subscription("ann", "chat:b", "", null),
            subscription("bob", ROOM, "", null),
            new Verification.Valid<>(other))) {
      var client = open().connected().subscribed(ROOM);
      client.effects.subscriptionTokens.put("t", token);
      assertEquals(
          Disconnect.INVALID_TOKEN,
          client.receive(new SubRefreshRequest(3, ROOM, "t")).effects.closed,
          token.toString());
    }
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

  private static UnsubscribePush unsubscribed(UnsubscribeCode code) {
    return new UnsubscribePush(ROOM, code);
  }
}
