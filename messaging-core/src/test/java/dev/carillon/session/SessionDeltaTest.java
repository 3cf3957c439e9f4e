package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.history;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.recoverable;
import static dev.carillon.session.SessionFixture.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.delta.FossilDelta;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.session.RecordedEffects.Delta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Subscriptions that get patches instead of whole payloads. */
class SessionDeltaTest {

  private static final String ROOM = "chat:a";

  @Test
  void theFirstPublicationIsWholeAndTheNextMayBeAPatch() {
    var client = began("allowed_delta_types", List.of("fossil"), "delta_publish", true);
    assertEquals(List.of(reply(2, Answer.recoverable(7).delta().result())), client.effects.take());
    client.effects.subscriber(ROOM).event(publication(8));
    client.effects.subscriber(ROOM).event(publication(9));
    assertEquals(
        List.of(
            new Delta(ROOM, publication(8), null), new Delta(ROOM, publication(9), publication(8))),
        client.effects.take());
  }

  @Test
  void withoutTheOptionOrAPositionEverythingIsPlain() {
    var without = began("delta_publish", true);
    assertEquals(List.of(reply(2, Answer.recoverable(7).result())), without.effects.take());
    without.effects.subscriber(ROOM).event(publication(8));
    assertEquals(List.of(new EventPush(ROOM, publication(8))), without.effects.take());

    var live =
        new SessionFixture(
                Map.of(),
                List.of(
                    namespace(
                        "chat",
                        "allow_subscribe_for_client",
                        true,
                        "allowed_delta_types",
                        List.of("fossil"))))
            .connected()
            .receive(ask(ROOM).delta("fossil").as(2));
    live.effects.answer("open", null);
    assertEquals(List.of(reply(2, Answer.plain().result())), live.effects.take());
  }

  @Test
  void publicationsThatAreNotPublishedAsDeltasStayWhole() {
    var client = began("allowed_delta_types", List.of("fossil"));
    client.effects.take();
    client.effects.subscriber(ROOM).event(publication(8));
    client.effects.subscriber(ROOM).event(publication(9));
    assertEquals(
        List.of(new Delta(ROOM, publication(8), null), new Delta(ROOM, publication(9), null)),
        client.effects.take());
  }

  @Test
  void aPublicationMayAskToBeSentAsADelta() {
    var client = began("allowed_delta_types", List.of("fossil"));
    client.effects.take();
    var asking = new Publication(9, "e", Bytes.utf8("9"), null, Map.of(), true, 0);
    client.effects.subscriber(ROOM).event(publication(8));
    client.effects.subscriber(ROOM).event(asking);
    client.effects.subscriber(ROOM).event(publication(10));
    assertEquals(
        List.of(
            new Delta(ROOM, publication(8), null),
            new Delta(ROOM, asking, publication(8)),
            new Delta(ROOM, publication(10), null)),
        client.effects.take());
  }

  @Test
  void anUnknownKindOfDeltaCloses() {
    var client = recoverable().connected().receive(ask(ROOM).delta("zip").as(2));
    assertEquals(Disconnect.BAD_REQUEST, client.effects.closed);
  }

  @Test
  void whatIsRecoveredIsAChainThatBeginsWithAWholePayload() {
    var client =
        recoverable("allowed_delta_types", List.of("fossil"))
            .connected()
            .receive(ask(ROOM).since(5, "e").delta("fossil").as(2));
    client.effects.answer("open", null);
    var first = said(6, "what was said before, and ");
    var second = said(7, "what was said before, and more");
    var third = said(8, "?");
    client.effects.answer(
        "history", new History(new StreamPosition(8, "e"), List.of(first, second, third)));
    var patch = Objects.requireNonNull(FossilDelta.patch(first.data(), second.data()));
    var result = (SubscribeResult) ((Reply) client.effects.take().get(0)).result();
    assertEquals(
        List.of(
            SentPublication.whole(first),
            SentPublication.patch(second, patch),
            SentPublication.whole(third)),
        result.publications());
  }

  private static Publication said(long offset, String text) {
    return new Publication(offset, "e", Bytes.utf8('"' + text + '"'), null, Map.of(), 0);
  }

  @Test
  void afterARecoveryTheChainGoesOn() {
    var client = recovered(7, 6, 7);
    client.effects.subscriber(ROOM).event(publication(8));
    assertEquals(List.of(new Delta(ROOM, publication(8), publication(7))), client.effects.take());
  }

  @Test
  void afterARecoveryOfNothingTheNextPublicationIsWhole() {
    var client = recovered(5);
    client.effects.subscriber(ROOM).event(publication(6));
    assertEquals(List.of(new Delta(ROOM, publication(6), null)), client.effects.take());
  }

  @Test
  void aPublicationWithoutAPositionIsABaseToo() {
    var client = recovered(7, 6, 7);
    var aside = new Publication(0, "", Bytes.utf8("1"), null, Map.of(), 0);
    client.effects.subscriber(ROOM).event(aside);
    client.effects.subscriber(ROOM).event(publication(8));
    assertEquals(
        List.of(new Delta(ROOM, aside, publication(7)), new Delta(ROOM, publication(8), aside)),
        client.effects.take());
  }

  private static SessionFixture recovered(long top, long... offsets) {
    var client =
        recoverable("allowed_delta_types", List.of("fossil"), "delta_publish", true)
            .connected()
            .receive(ask(ROOM).since(5, "e").delta("fossil").as(2));
    client.effects.answer("open", null);
    client.effects.answer("history", history(top, offsets));
    client.effects.take();
    return client;
  }

  private static SessionFixture began(Object... more) {
    var client = recoverable(more).connected().receive(ask(ROOM).delta("fossil").as(2));
    client.effects.answer("open", null);
    client.effects.answer("history", history(7));
    return client;
  }
}
