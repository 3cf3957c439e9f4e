package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said in the recorded sessions, in order. */
final class RecordedValues {

  private static final TagsFilter TAGS =
      new TagsFilter(
          "and",
          "",
          "",
          "",
          List.of(),
          List.of(
              new TagsFilter(
                  "not",
                  "",
                  "",
                  "",
                  List.of(),
                  List.of(new TagsFilter("", "lang", "in", "", List.of("en", "de"), List.of()))),
              new TagsFilter("", "price", "gt", "1.5", List.of(), List.of())));

  private static final ClientInfo ANN =
      new ClientInfo("ann", "c1", json("{\"name\":\"Ann\"}"), json("[1]"));

  private RecordedValues() {}

  static List<Command> commands() {
    var commands = new ArrayList<Command>();
    commands.add(connect(1, "connection-token", Map.of()));
    commands.add(new Ask(2, "news").joinLeave().request());
    commands.add(new Ask(3, "delta").recoverable().delta().request());
    commands.add(new Ask(4, "filtered").filter(TAGS).request());
    commands.add(new Ask(5, "since").recoverable().since(9007199254740991L, "aBcDeFgH").request());
    commands.add(new Ask(6, "nowhere:x").request());
    commands.add(new Ask(7, "$private").positioned("subscription-token", "{\"seat\":7}").request());
    commands.add(new Ask(8, "state").recoverable().since(5, "e").rejecting().request());
    commands.add(
        new PublishRequest(
            9, "news", json("{\"text\":\"h\u00e9 \ud83d\ude00\",\"n\":1.5,\"deep\":[[{}]]}"), 0));
    commands.add(new PublishRequest(10, "read-only", json("\"no\""), 0));
    commands.add(new HistoryRequest(11, "news", 0, null, false));
    commands.add(new HistoryRequest(12, "news", -1, new StreamPosition(9, "e"), true));
    commands.add(new PresenceRequest(13, "news"));
    commands.add(new PresenceStatsRequest(14, "news"));
    commands.add(new RpcRequest(15, "sum", json("[1,2]")));
    commands.add(new RpcRequest(16, "nothing", json("null")));
    commands.add(new SendRequest(0, json("{\"a\":1}")));
    commands.add(Pong.PONG);
    commands.add(new Ask(17, "filtered").filter(TAGS).request());
    commands.add(new RefreshRequest(18, "fresh-connection-token"));
    commands.add(new SubRefreshRequest(19, "$private", "subscription-token"));
    commands.add(new UnsubscribeRequest(20, "news"));
    var known = new Ask(0, "#ann").flag(0).since(8, "e").request();
    commands.add(connect(21, "fresh-connection-token", Map.of("#ann", known)));
    commands.add(new Ask(22, "delta").recoverable().since(2, "e").delta().request());
    commands.add(new Ask(23, "filtered").filter(TAGS).request());
    commands.add(
        new Ask(24, "$private").positioned("subscription-token", "{\"seat\":7}").request());
    commands.add(new Ask(25, "since").recoverable().since(9, "f").request());
    commands.add(new Ask(26, "state").recoverable().since(5, "e").rejecting().request());
    return commands;
  }

  private static ConnectRequest connect(long id, String token, Map<String, SubscribeRequest> subs) {
    return new ConnectRequest(
        id,
        token,
        json("{\"from\":\"recorder\"}"),
        subs,
        "recorder",
        "1.2.3",
        Map.of("X-Trace", "7"),
        0);
  }

  /** A subscribe command in the making. */
  private static final class Ask {
    private final CommandDraft draft = new CommandDraft();
    private final long id;

    Ask(long id, String channel) {
      this.id = id;
      draft.channel = channel;
      draft.flag = 1;
    }

    Ask flag(long flag) {
      draft.flag = flag;
      return this;
    }

    Ask joinLeave() {
      draft.joinLeave = true;
      return this;
    }

    Ask recoverable() {
      draft.recoverable = true;
      return this;
    }

    Ask delta() {
      draft.delta = "fossil";
      return this;
    }

    Ask filter(TagsFilter filter) {
      draft.filter = filter;
      return this;
    }

    Ask since(long offset, String epoch) {
      draft.recover = true;
      draft.offset = offset;
      draft.epoch = epoch;
      return this;
    }

    Ask rejecting() {
      return flag(1 | SubscribeRequest.REJECT_UNRECOVERED);
    }

    Ask positioned(String token, String data) {
      draft.positioned = true;
      draft.token = token;
      draft.data = json(data);
      return this;
    }

    SubscribeRequest request() {
      return draft.subscribe(id);
    }
  }

  /** Replies, pushes, and null for a ping. */
  static List<@Nullable Object> answers() {
    var answers = new ArrayList<@Nullable Object>();
    var personal = subscribed(at(7, "e"), false, List.of(), false, "{\"a\":1}");
    answers.add(
        new Reply(
            1,
            new ConnectResult(
                "f31",
                "Carillon 0.1.0",
                1,
                25,
                true,
                json("{\"hello\":true}"),
                Map.of("#ann", personal),
                "",
                "",
                0)));
    answers.add(new Reply(2, nothing()));
    answers.add(new Reply(3, subscribed(at(0, "e"), false, List.of(), true, "")));
    answers.add(new Reply(4, nothing()));
    answers.add(new Reply(5, unrecovered()));
    answers.add(Reply.error(6, ErrorCode.UNKNOWN_CHANNEL));
    answers.add(new Reply(7, secret()));
    answers.add(new Reply(8, subscribed(at(5, "e"), true, List.of(), false, "")));
    calls(answers);
    answers.add(null);
    pushes(answers);
    answers.add(new Reply(17, nothing()));
    answers.add(new Reply(18, new RefreshResult(600)));
    answers.add(new Reply(19, new SubRefreshResult(600)));
    answers.add(new Reply(20, new UnsubscribeResult()));
    again(answers);
    return answers;
  }

  private static void calls(List<@Nullable Object> answers) {
    answers.add(new Reply(9, new PublishResult()));
    answers.add(Reply.error(10, ErrorCode.PERMISSION_DENIED));
    answers.add(new Reply(11, new HistoryResult(new History(at(9, "e"), List.of()))));
    var publications =
        List.of(
            publication(8, "{\"n\":8}", ANN, Map.of("a", "b")),
            publication(9, "\"x\"", null, Map.of()));
    answers.add(new Reply(12, new HistoryResult(new History(at(9, "e"), publications))));
    var present = new LinkedHashMap<String, ClientInfo>();
    present.put("c1", ANN.withChanInfo(Bytes.EMPTY));
    present.put("c2", new ClientInfo("", "c2", Bytes.EMPTY, Bytes.EMPTY));
    answers.add(new Reply(13, new PresenceResult(present)));
    answers.add(new Reply(14, new PresenceStatsResult(new PresenceStats(2, 1))));
    answers.add(new Reply(15, new RpcResult(json("3"))));
    answers.add(Reply.error(16, ErrorCode.NOT_AVAILABLE));
  }

  private static void pushes(List<@Nullable Object> answers) {
    answers.add(new EventPush("news", publication(1, "{\"text\":\"hi\"}", ANN, Map.of("a", "b"))));
    answers.add(new EventPush("news", new Join(ANN)));
    answers.add(
        new EventPush("news", new Leave(new ClientInfo("ann", "c1", Bytes.EMPTY, Bytes.EMPTY))));
    answers.add(new DeltaPush("delta", SentPublication.whole(numbered(1))));
    answers.add(
        new DeltaPush("delta", SentPublication.patch(numbered(2), json("7\n7:{\"n\":2}2qLEhY;"))));
    answers.add(new EventPush("#ann", numbered(8)));
    answers.add(new MessagePush(json("{\"to\":\"you\"}")));
    answers.add(new SubscribePush("alerts", true, true, at(3, "g"), json("[1]")));
    answers.add(new EventPush("alerts", publication(4, "true", null, Map.of())));
    answers.add(new UnsubscribePush("alerts", UnsubscribeCode.SERVER_UNSUBSCRIBE));
    answers.add(new UnsubscribePush("filtered", UnsubscribeCode.INSUFFICIENT_STATE));
    answers.add(new RefreshPush(900));
  }

  private static void again(List<@Nullable Object> answers) {
    var missed = SentPublication.plain(List.of(numbered(9)));
    var personal = subscribed(at(8, "e"), true, missed, false, "");
    answers.add(
        new Reply(
            21,
            new ConnectResult("f32", "Carillon 0.1.0", 0, 25, true)
                .withSubs(Map.of("#ann", personal))));
    var chain =
        List.of(
            SentPublication.whole(numbered(3)),
            SentPublication.patch(numbered(4), json("7\n7:{\"n\":4}2qLjhY;")));
    answers.add(new Reply(22, subscribed(at(2, "e"), true, chain, true, "")));
    answers.add(new Reply(23, nothing()));
    answers.add(new Reply(24, secret()));
    answers.add(new Reply(25, unrecovered()));
    answers.add(new Reply(26, subscribed(at(5, "e"), true, List.of(), false, "")));
  }

  private static SubscribeResult nothing() {
    return result(false, StreamPosition.NONE, false, Bytes.EMPTY, 0);
  }

  private static SubscribeResult secret() {
    return result(false, StreamPosition.NONE, false, json("{\"welcome\":\"ann\"}"), 2);
  }

  private static SubscribeResult unrecovered() {
    return result(true, at(9, "f"), true, Bytes.EMPTY, 0);
  }

  private static SubscribeResult result(
      boolean positioned, StreamPosition position, boolean recovering, Bytes data, long ttl) {
    return new SubscribeResult(
        positioned, positioned, position, recovering, false, List.of(), false, data, ttl);
  }

  private static SubscribeResult subscribed(
      StreamPosition position,
      boolean recovered,
      List<SentPublication> publications,
      boolean delta,
      String data) {
    return new SubscribeResult(
        true, true, position, recovered, recovered, publications, delta, json(data), 0);
  }

  private static Publication numbered(long offset) {
    return publication(offset, "{\"n\":" + offset + "}", null, Map.of());
  }

  private static Publication publication(
      long offset, String data, @Nullable ClientInfo info, Map<String, String> tags) {
    return new Publication(offset, "e", json(data), info, tags, 7);
  }

  private static StreamPosition at(long offset, String epoch) {
    return new StreamPosition(offset, epoch);
  }

  private static Bytes json(String text) {
    return Bytes.utf8(text);
  }
}
