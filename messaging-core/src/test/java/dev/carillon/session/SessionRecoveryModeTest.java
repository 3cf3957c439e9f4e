package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.chat;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.recover;
import static dev.carillon.session.SessionFixture.recoverable;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.EventPush;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recovery of the newest publication alone. */
class SessionRecoveryModeTest {

  private static final String ROOM = "chat:a";
  private static final String NEWEST =
      "history chat:a HistoryQuery[since=null, limit=1, reverse=true]";

  @Test
  void aCacheRecoversTheNewestPublicationWhateverTheClientHas() {
    for (var asks : List.of(recover(2, ROOM, 0, ""), recover(2, ROOM, 5, "old"))) {
      var client = cache().connected().receive(asks);
      client.effects.answer("open", null);
      client.effects.answer(NEWEST, history(7, 7));
      long from = asks.since().offset();
      assertEquals(
          List.of(reply(2, Answer.recoverable(from).recovered(7).result())), client.effects.take());
      client.effects.subscriber(ROOM).event(publication(8));
      assertEquals(List.of(new EventPush(ROOM, publication(8))), client.effects.take());
    }
  }

  @Test
  void aClientThatHasTheNewestGetsNothingFromACache() {
    var client = cache().connected().receive(recover(2, ROOM, 7, "e"));
    client.effects.answer("open", null);
    client.effects.answer(NEWEST, history(7, 7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(7).recovered().result())), client.effects.take());
  }

  @Test
  void anEmptyCacheIsNotRecoveredAndNotRejected() {
    var client = cache().connected().receive(ask(ROOM).since(5, "e").orNothing().as(2));
    client.effects.answer("open", null);
    client.effects.answer(NEWEST, history(7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(7).recovering().result())), client.effects.take());
  }

  @Test
  void whatArrivesMeanwhileIsTheNewest() {
    var client = cache().connected().receive(recover(2, ROOM, 5, "e"));
    client.effects.answer("open", null);
    client.effects.subscriber(ROOM).event(publication(8));
    client.effects.subscriber(ROOM).event(publication(9));
    client.effects.answer(NEWEST, history(7, 7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(5).recovered(9).result())), client.effects.take());
    client.effects.subscriber(ROOM).event(publication(10));
    assertEquals(List.of(new EventPush(ROOM, publication(10))), client.effects.take());
  }

  @Test
  void whoDoesNotAskGetsNothingUnlessTheCacheRecoversByItself() {
    var silent = cache().connected().receive(subscribe(2, ROOM));
    silent.effects.answer("open", null);
    silent.effects.answer("history chat:a HistoryQuery[since=null, limit=0", history(7));
    assertEquals(List.of(reply(2, Answer.recoverable(7).result())), silent.effects.take());

    var client = autoCache().connected().receive(subscribe(2, ROOM));
    client.effects.answer("open", null);
    client.effects.answer(NEWEST, history(7, 7));
    assertEquals(
        List.of(reply(2, Answer.recoverable(0).recovered(7).result())), client.effects.take());
  }

  @Test
  void aCacheRecoversServerSideSubscriptionsByItselfToo() {
    var client = autoCache();
    var token =
        new ConnectionToken(
            "ann", Bytes.EMPTY, null, Map.of(ROOM, SubscriptionGrant.PLAIN), Bytes.EMPTY);
    client.effects.connectionTokens.put("t", new Verification.Valid<>(token));
    client.receive(new ConnectRequest(1, "t", "js", "1"));
    client.effects.answer("open", null);
    client.effects.answer(NEWEST, history(7, 7));
    var result = new ConnectResult(SessionFixture.CLIENT, "Carillon test", 0, 25, true);
    var began = Answer.recoverable(0).recovered(7).result();
    assertEquals(List.of(reply(1, result.withSubs(Map.of(ROOM, began)))), client.effects.take());
  }

  @Test
  void wasRecoveringRepeatsThatTheClientAskedEvenWhereThereIsNothingToRecover() {
    var client = chat("allow_subscribe_for_client", true).connected();
    client.receive(recover(2, ROOM, 5, "e"));
    client.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().recovering().result())), client.effects.take());
  }

  private static SessionFixture cache() {
    return recoverable("force_recovery_mode", "cache");
  }

  private static SessionFixture autoCache() {
    return recoverable("force_recovery_mode", "cache", "auto_cache_recover", true);
  }
}
