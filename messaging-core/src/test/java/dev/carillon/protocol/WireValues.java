package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Random values of everything that is on the wire. */
final class WireValues {

  private WireValues() {}

  static Arbitrary<Reply> replies() {
    Arbitrary<Long> ids = Arbitraries.longs().between(1, 0xFFFF_FFFFL);
    return Combinators.combine(ids, results()).as(Reply::new);
  }

  private static Arbitrary<Result> results() {
    Arbitrary<Integer> counts = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Arbitraries.oneOf(
        Arbitraries.of(ErrorCode.class).map(ErrorResult::new),
        connectResults(),
        subscribeResults(),
        seconds().map(RefreshResult::new),
        seconds().map(SubRefreshResult::new),
        Arbitraries.of(new UnsubscribeResult(), new PublishResult()),
        maps(infos()).map(PresenceResult::new),
        Combinators.combine(counts, counts)
            .as((clients, users) -> new PresenceStatsResult(new PresenceStats(clients, users))),
        Combinators.combine(positions(), publications().list().ofMaxSize(4))
            .as((top, publications) -> new HistoryResult(new History(top, publications))),
        bytes().map(RpcResult::new));
  }

  private static Arbitrary<Result> connectResults() {
    var identity = Combinators.combine(text(), text(), text(), text()).as(List::of);
    Arbitrary<Long> times = Arbitraries.longs().greaterOrEqual(0);
    return Combinators.combine(
            identity, seconds(), seconds(), flags(), bytes(), maps(subscribeResults()), times)
        .as(
            (who, ttl, ping, pong, data, subs, time) ->
                new ConnectResult(
                    who.get(0),
                    who.get(1),
                    ttl,
                    ping,
                    pong,
                    data,
                    subs,
                    who.get(2),
                    who.get(3),
                    time));
  }

  private static Arbitrary<SubscribeResult> subscribeResults() {
    return Combinators.combine(
            flags().list().ofSize(5),
            positions(),
            sentPublications().list().ofMaxSize(4),
            bytes(),
            seconds())
        .as(
            (flags, position, publications, data, ttl) ->
                new SubscribeResult(
                    flags.get(0),
                    flags.get(1),
                    position,
                    flags.get(2),
                    flags.get(3),
                    publications,
                    flags.get(4),
                    data,
                    ttl));
  }

  static Arbitrary<Push> pushes() {
    Arbitrary<ChannelEvent> events =
        Arbitraries.oneOf(publications(), infos().map(Join::new), infos().map(Leave::new));
    return Arbitraries.oneOf(
        Combinators.combine(text(), events).as(EventPush::new),
        Combinators.combine(text(), sentPublications()).as(DeltaPush::new),
        Combinators.combine(text(), flags(), flags(), positions(), bytes()).as(SubscribePush::new),
        Combinators.combine(text(), Arbitraries.of(UnsubscribeCode.class)).as(UnsubscribePush::new),
        bytes().map(MessagePush::new),
        Arbitraries.of(Disconnect.ALL).map(DisconnectPush::new),
        seconds().map(RefreshPush::new));
  }

  private static Arbitrary<SentPublication> sentPublications() {
    return Combinators.combine(publications(), Arbitraries.of(SentPublication.Form.class), bytes())
        .as(SentPublication::new);
  }

  private static Arbitrary<Publication> publications() {
    Arbitrary<@Nullable ClientInfo> publishers = infos().injectNull(0.3);
    return Combinators.combine(positions(), bytes(), publishers, maps(text()))
        .as(
            (at, data, info, tags) ->
                new Publication(at.offset(), at.epoch(), data, info, tags, 7));
  }

  private static Arbitrary<ClientInfo> infos() {
    return Combinators.combine(text(), text(), bytes(), bytes()).as(ClientInfo::new);
  }

  static Arbitrary<Command> commands() {
    Arbitrary<Long> ids = Arbitraries.longs().between(1, 0xFFFF_FFFFL);
    Arbitrary<Integer> types = Arbitraries.integers();
    return ids.flatMap(
        id ->
            Arbitraries.oneOf(
                connectRequests(id),
                subscribeRequests(id),
                text().map(channel -> new UnsubscribeRequest(id, channel)),
                Combinators.combine(text(), bytes(), types)
                    .as((channel, data, type) -> new PublishRequest(id, channel, data, type)),
                text().map(channel -> new PresenceRequest(id, channel)),
                text().map(channel -> new PresenceStatsRequest(id, channel)),
                historyRequests(id),
                Combinators.combine(text(), bytes()).as((m, d) -> new RpcRequest(id, m, d)),
                bytes().map(data -> new SendRequest(id, data)),
                text().map(token -> new RefreshRequest(id, token)),
                Combinators.combine(text(), text(), types)
                    .as((channel, token, type) -> new SubRefreshRequest(id, channel, token, type)),
                Arbitraries.just(Pong.PONG)));
  }

  private static Arbitrary<Command> connectRequests(long id) {
    return Combinators.combine(
            text(),
            bytes(),
            maps(subscribeRequests(0)),
            text(),
            text(),
            maps(text()),
            Arbitraries.longs())
        .as(
            (token, data, subs, name, version, headers, flag) ->
                new ConnectRequest(id, token, data, named(subs), name, version, headers, flag));
  }

  /** The channel of a server-side subscription is its key. */
  private static Map<String, SubscribeRequest> named(Map<String, SubscribeRequest> subs) {
    var named = new LinkedHashMap<String, SubscribeRequest>();
    subs.forEach(
        (channel, sub) ->
            named.put(
                channel,
                new SubscribeRequest(
                    0,
                    channel,
                    sub.token(),
                    sub.recover(),
                    sub.since(),
                    sub.positioned(),
                    sub.recoverable(),
                    sub.joinLeave(),
                    sub.flag(),
                    sub.delta(),
                    sub.filter(),
                    sub.type(),
                    sub.data())));
    return named;
  }

  private static Arbitrary<SubscribeRequest> subscribeRequests(long id) {
    return Combinators.combine(
            text().list().ofSize(3),
            flags().list().ofSize(4),
            positions(),
            Arbitraries.longs(),
            filters(3).injectNull(0.5),
            Arbitraries.integers(),
            bytes())
        .as(
            (texts, flags, since, flag, filter, type, data) ->
                new SubscribeRequest(
                    id,
                    texts.get(0),
                    texts.get(1),
                    flags.get(0),
                    since,
                    flags.get(1),
                    flags.get(2),
                    flags.get(3),
                    flag,
                    texts.get(2),
                    filter,
                    type,
                    data));
  }

  private static Arbitrary<TagsFilter> filters(int depth) {
    Arbitrary<List<TagsFilter>> nodes =
        depth == 0 ? Arbitraries.just(List.of()) : filters(depth - 1).list().ofMaxSize(2);
    return Combinators.combine(text(), text(), text(), text(), text().list().ofMaxSize(3), nodes)
        .as(TagsFilter::new);
  }

  private static Arbitrary<Command> historyRequests(long id) {
    Arbitrary<@Nullable StreamPosition> since = positions().injectNull(0.3);
    return Combinators.combine(text(), Arbitraries.integers(), since, flags())
        .as(
            (channel, limit, from, reverse) ->
                new HistoryRequest(id, channel, limit, from, reverse));
  }

  private static Arbitrary<StreamPosition> positions() {
    Arbitrary<Long> offsets =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 2L, Long.MAX_VALUE), Arbitraries.longs().greaterOrEqual(0));
    return Combinators.combine(offsets, text()).as(StreamPosition::new);
  }

  private static Arbitrary<Long> seconds() {
    return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private static <T> Arbitrary<Map<String, T>> maps(Arbitrary<T> values) {
    return Arbitraries.maps(text(), values).ofMaxSize(3);
  }

  /**
   * Short and long, so that lengths of one, two and three bytes occur; of one to four bytes each.
   */
  private static Arbitrary<String> text() {
    Arbitrary<String> characters =
        Arbitraries.of("a", "Z", "0", ":", "\"", "\u0000", "\n", "é", "ß", "€", "語", "😀");
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just("")),
        Tuple.of(8, characters.list().ofMaxSize(12).map(c -> String.join("", c))),
        Tuple.of(1, Arbitraries.of("x".repeat(128), "é".repeat(100))));
  }

  private static Arbitrary<Bytes> bytes() {
    Arbitrary<Bytes> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Bytes::of);
    return Arbitraries.frequencyOf(
        Tuple.of(9, any),
        Tuple.of(1, Arbitraries.of(127, 128, 16_384, 20_000).map(n -> Bytes.of(new byte[n]))));
  }
}
