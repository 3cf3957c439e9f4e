package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.recoverable;
import static dev.carillon.session.SessionFixture.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.TagsFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subscriptions that get the publications with certain tags only. */
class SessionFilterTest {

  private static final String ROOM = "chat:a";
  private static final TagsFilter EVEN = leaf("eq", "even");

  @Test
  void onlyWhatTheFilterWantsIsSentAndTheRestIsNoGap() {
    var client =
        recoverable("allow_tags_filter", true).connected().receive(ask(ROOM).filter(EVEN).as(2));
    client.effects.answer("open", null);
    client.effects.answer("history", new History(new StreamPosition(7, "e"), List.of()));
    assertEquals(List.of(reply(2, Answer.recoverable(7).result())), client.effects.take());
    for (long offset = 8; offset <= 12; offset++) {
      client.effects.subscriber(ROOM).event(tagged(offset));
    }
    assertEquals(
        List.of(push(tagged(8)), push(tagged(10)), push(tagged(12))), client.effects.take());
    assertEquals(1, client.session.channels());
    assertEquals(List.of("withheld", "withheld"), client.effects.others);
  }

  @Test
  void recoveryHoldsWhatTheFilterWantsOnly() {
    var client =
        recoverable("allow_tags_filter", true)
            .connected()
            .receive(ask(ROOM).since(5, "e").filter(EVEN).as(2));
    client.effects.answer("open", null);
    client.effects.subscriber(ROOM).event(tagged(8));
    client.effects.subscriber(ROOM).event(tagged(9));
    client.effects.answer("history", history(7, 6, 7));
    assertEquals(List.of(reply(2, recovered(5, 6, 8))), client.effects.take());
    client.effects.subscriber(ROOM).event(tagged(10));
    assertEquals(List.of(push(tagged(10))), client.effects.take());
  }

  @Test
  void aCacheRecoversTheNewestThatTheFilterWants() {
    var client =
        recoverable("allow_tags_filter", true, "force_recovery_mode", "cache")
            .connected()
            .receive(ask(ROOM).since(1, "e").filter(EVEN).as(2));
    client.effects.answer("open", null);
    client.effects.answer(
        "history chat:a HistoryQuery[since=null, limit=300, reverse=true]", history(7, 7, 6, 5));
    assertEquals(List.of(reply(2, recovered(1, 6))), client.effects.take());
  }

  @Test
  void aFilterThatIsNotAllowedOrMalformedOrTogetherWithADeltaIsABadRequest() {
    assertEquals(List.of(error(2, ErrorCode.BAD_REQUEST)), refusal(ask(ROOM).filter(EVEN)));
    var malformed = ask(ROOM).filter(leaf("like", "even"));
    assertEquals(
        List.of(error(2, ErrorCode.BAD_REQUEST)), refusal(malformed, "allow_tags_filter", true));
    var both = ask(ROOM).filter(EVEN).delta("fossil");
    assertEquals(
        List.of(error(2, ErrorCode.BAD_REQUEST)),
        refusal(both, "allow_tags_filter", true, "allowed_delta_types", List.of("fossil")));
  }

  @Test
  void aFilterThatIsTooLargeIsABadRequest() {
    var values = leaf("in", "", "1", "2", "3");
    var client =
        new SessionFixture(
                Map.of("tags_filter_max_size", 3),
                List.of(
                    namespace(
                        "chat", "allow_subscribe_for_client", true, "allow_tags_filter", true)))
            .connected()
            .receive(ask(ROOM).filter(values).as(2));
    assertEquals(List.of(error(2, ErrorCode.BAD_REQUEST)), client.effects.take());
  }

  private static List<Object> refusal(Ask asks, Object... options) {
    return recoverable(options).connected().receive(asks.as(2)).effects.take();
  }

  private static TagsFilter leaf(String comparison, String value, String... values) {
    return new TagsFilter("", "parity", comparison, value, List.of(values), List.of());
  }

  private static SubscribeResult recovered(long from, long... offsets) {
    return new SubscribeResult(
        true,
        true,
        new StreamPosition(from, "e"),
        true,
        true,
        SentPublication.plain(history(0, offsets).publications()),
        false,
        Bytes.EMPTY,
        0);
  }

  private static History history(long top, long... offsets) {
    return new History(
        new StreamPosition(top, "e"),
        Arrays.stream(offsets).mapToObj(SessionFilterTest::tagged).toList());
  }

  private static Publication tagged(long offset) {
    String parity = offset % 2 == 0 ? "even" : "odd";
    return new Publication(offset, "e", Bytes.utf8("" + offset), null, Map.of("parity", parity), 0);
  }

  private static EventPush push(Publication publication) {
    return new EventPush(ROOM, publication);
  }
}
