package dev.carillon.redis;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.port.TooManyStreams;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.Epochs;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.KeyWindow;
import dev.carillon.stream.Retention;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams in Redis. An append succeeds when Redis has answered that its script has run; whether
 * that survives the end of Redis is Redis's own configuration, and when it does not, the streams
 * begin a new epoch. Time is that of Redis, one clock for all nodes. Safe to call from any thread;
 * nothing blocks.
 */
final class RedisStreams implements Streams {

  /** Commands that one answer stands for at most, so that other operations get their turn. */
  private static final int BATCH = 256;

  private final Attempts attempts;
  private final StreamKeys keys;
  private final RedisLimits limits;
  private final Reach reach;
  private final int changeLogSize;
  private final Epochs epochs = new Epochs(Incarnation.random().low());

  RedisStreams(
      Attempts attempts, StreamKeys keys, RedisLimits limits, Reach reach, int changeLogSize) {
    this.attempts = attempts;
    this.keys = keys;
    this.limits = limits;
    this.reach = reach;
    this.changeLogSize = changeLogSize;
  }

  @Override
  public Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options) {
    Retention retention =
        Retention.of(options, limits.historyMaxBytes(), limits.unpublishedMillis());
    ServerTime began = reach.time();
    ScriptCall call =
        stream(Script.APPEND, channel)
            .with(retention.publications())
            .with(retention.bytes())
            .with(retention.millis())
            .with(retention.metaMillis())
            .with(KeyWindow.KEEP_ENTRIES)
            .with(KeyWindow.KEEP_MILLIS)
            .with(KeyWindow.MAX_ENTRIES)
            .with(began.atLeast(reach.now()))
            .with(began.era());
    for (NewPublication publication : publications) {
      call.with(key(publication)).with(StoredBody.encode(publication));
    }
    return run("append to ", channel, call).map(answer -> Answers.appended(answer, publications));
  }

  @Override
  public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
    StreamPosition since = query.since();
    ScriptCall call =
        stream(Script.READ, channel)
            .with(options.historyTtl().toMillis())
            .with(since == null ? "" : Long.toString(since.offset()))
            .with(since == null ? "" : since.epoch())
            .with(query.limit())
            .with(query.reverse());
    return run("read of ", channel, call).map(Answers::history);
  }

  @Override
  public Future<StreamPosition> ensure(
      String channel, StreamPosition observed, StreamOptions options) {
    ScriptCall call = stream(Script.ENSURE, channel).with(observed.offset()).with(observed.epoch());
    return run("check of ", channel, call).map(Answers::position);
  }

  @Override
  public Future<Void> keep(Collection<String> channels) {
    return keep(List.copyOf(channels), 0);
  }

  @Override
  public Duration keepInterval() {
    return Duration.ofMillis(limits.unpublishedMillis() / 6);
  }

  @Override
  public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
    List<String> names = List.copyOf(channels);
    Map<String, StreamPosition> tops = new HashMap<>();
    return tops(names, 0, tops).map(tops);
  }

  /** The time of Redis, as it was heard last; before it has said anything that of this machine. */
  @Override
  public long now() {
    ServerTime heard = reach.time();
    return heard.equals(ServerTime.UNKNOWN)
        ? System.currentTimeMillis()
        : heard.atLeast(reach.now());
  }

  @Override
  public int parts() {
    return StreamKeys.PARTS;
  }

  @Override
  public int part(String channel) {
    return StreamKeys.part(channel);
  }

  @Override
  public List<Inquiry> changes(Map<Integer, ChangeVersion> seen) {
    if (seen.isEmpty()) {
      return List.of();
    }
    List<Integer> parts = List.copyOf(seen.keySet());
    Future<List<Changes>> answer =
        attempts
            .run(
                "changes of " + parts.size() + " parts",
                parts.get(0),
                0,
                (link, live) -> link.batch(live, inquiries(parts, seen, live.era())))
            .map(answers -> Answers.changes(parts, seen, answers));
    return List.of(new Inquiry(Set.copyOf(parts), answer));
  }

  /** The first brings the script along, for a Redis that does not know it. */
  private List<Request> inquiries(
      List<Integer> parts, Map<Integer, ChangeVersion> seen, String era) {
    List<Request> requests = new ArrayList<>(parts.size());
    for (int part : parts) {
      ChangeVersion version = seen.getOrDefault(part, ChangeVersion.NONE);
      ScriptCall call =
          new ScriptCall(Script.CHANGES, keys.changes(part))
              .with(epochs.nextNumber())
              .with(version.log())
              .with(version.version())
              .with(keys.states(part));
      requests.add(call.request(era, requests.isEmpty()));
    }
    return requests;
  }

  /** What happens to a stream is in its log in the same step, and a log that is lost is another. */
  @Override
  public void onUnsettled(IntConsumer part) {}

  private Future<Void> keep(List<String> channels, int from) {
    if (from >= channels.size()) {
      return Future.succeededFuture();
    }
    List<String> some = channels.subList(from, Math.min(channels.size(), from + BATCH));
    return attempts
        .run(
            "keeping of " + some.size() + " channels",
            from,
            0,
            (link, live) -> link.batch(live, keeping(some, live.era())))
        .compose(done -> keep(channels, from + BATCH));
  }

  /** The first brings the script along, for a Redis that does not know it. */
  private List<Request> keeping(List<String> channels, String era) {
    List<Request> requests = new ArrayList<>(channels.size());
    for (String channel : channels) {
      requests.add(stream(Script.KEEP, channel).request(era, requests.isEmpty()));
    }
    return requests;
  }

  private Future<Map<String, StreamPosition>> tops(
      List<String> channels, int from, Map<String, StreamPosition> tops) {
    if (from >= channels.size()) {
      return Future.succeededFuture(tops);
    }
    List<String> some = channels.subList(from, Math.min(channels.size(), from + BATCH));
    return attempts
        .run(
            "positions of " + some.size() + " channels",
            from,
            0,
            (link, live) ->
                link.batch(live, some.stream().map(this::top).toList())
                    .map(answers -> positions(some, answers, live.era())))
        .compose(
            found -> {
              tops.putAll(found);
              return tops(channels, from + BATCH, tops);
            });
  }

  private Request top(String channel) {
    return Request.cmd(Command.HMGET).arg(keys.state(channel)).arg("top").arg("epoch").arg("era");
  }

  /** A stream of another era is as good as none: whoever opens it gives it a new epoch. */
  private static Map<String, StreamPosition> positions(
      List<String> channels, List<Response> answers, String era) {
    Map<String, StreamPosition> positions = new HashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      Response answer = answers.get(i);
      if (answer.get(2) != null && answer.get(2).toString().equals(era)) {
        positions.put(
            channels.get(i), new StreamPosition(answer.get(0).toLong(), answer.get(1).toString()));
      }
    }
    return positions;
  }

  private Future<Response> run(String what, String channel, ScriptCall call) {
    return attempts
        .<@Nullable Response>run(
            what + channel, channel.hashCode(), call.bytes(), (link, live) -> link.call(live, call))
        .map(answer -> created(channel, answer));
  }

  /**
   * @throws TooManyStreams when there was no room for the stream
   */
  private Response created(String channel, @Nullable Response answer) {
    if (answer == null) {
      throw new TooManyStreams(channel, limits.maxStreams());
    }
    return answer;
  }

  /** A call with what every script of a stream wants to know first, but for the era. */
  private ScriptCall stream(Script script, String channel) {
    return new ScriptCall(script, keys.stream(channel))
        .with(epochs.next())
        .with(epochs.next())
        .with(reach.hasRoom(limits.maxStreams()))
        .with(limits.unpublishedMillis())
        .with(epochs.nextNumber())
        .with(changeLogSize)
        .with(channel);
  }

  /** Sixteen bytes whatever the key's length, none for none. */
  private static byte[] key(NewPublication publication) {
    IdempotencyKey key = IdempotencyKey.of(publication.idempotencyKey());
    return key.equals(IdempotencyKey.NONE)
        ? new byte[0]
        : ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).array();
  }
}
