package dev.carillon.broker;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.port.TooManyStreams;
import dev.carillon.stream.ChangeLog;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.ChannelStream;
import dev.carillon.stream.IdempotencyKey;
import dev.carillon.stream.Retention;
import dev.carillon.stream.StoredPublication;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Streams in the memory of one process. One instance may serve several nodes of a test. */
public final class MemoryStreams implements Streams {

  private static final int MAX_BYTES = 262_144;
  private static final long UNPUBLISHED_MILLIS = 600_000;
  private static final int PARTS = 4;
  private static final int CHANGES = 64;

  private final Vertx vertx;
  private final LongSupplier clock;
  private final Map<String, ChannelStream> streams = new ConcurrentHashMap<>();
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final Map<Integer, ChangeLog> logs = new ConcurrentHashMap<>();
  private final AtomicLong logIds = new AtomicLong();
  private final List<IntConsumer> unsettled = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger compared = new AtomicInteger();
  private volatile boolean down;
  private volatile int max = Integer.MAX_VALUE;

  public MemoryStreams(Vertx vertx, LongSupplier clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Whether every call fails from now on. */
  public void fail(boolean failing) {
    down = failing;
  }

  /** Channels that were to be kept. */
  public Set<String> kept() {
    return Set.copyOf(kept);
  }

  /** How often a stream was read. */
  public int reads() {
    return reads.get();
  }

  /** Channels whose positions were asked for one by one. */
  public int compared() {
    return compared.get();
  }

  /** Allows so many streams. */
  public void limit(int streams) {
    max = streams;
  }

  /** Loses a stream, as when all its copies died. */
  public void lose(String channel) {
    streams.remove(channel);
    logs.remove(part(channel));
  }

  /** Replaces a stream by one that lost what was stored after the offset, in the same epoch. */
  public void regress(String channel, long offset) {
    logs.remove(part(channel));
    streams.computeIfPresent(
        channel,
        (name, stream) ->
            ChannelStream.restore(
                new StreamPosition(offset, stream.position().epoch()),
                stream.changed(),
                stream.keepMillis(),
                stream.publications().stream().filter(each -> each.offset() <= offset).toList(),
                List.of()));
  }

  @Override
  public Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options) {
    Retention retention = Retention.of(options, MAX_BYTES, UNPUBLISHED_MILLIS);
    return change(
        channel,
        retention,
        (stream, now) ->
            publications.stream()
                .map(
                    publication ->
                        stream.append(
                            publication,
                            IdempotencyKey.of(publication.idempotencyKey()),
                            retention,
                            now))
                .map(MemoryStreams::appended)
                .toList());
  }

  @Override
  public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
    reads.incrementAndGet();
    Retention retention = Retention.of(options, MAX_BYTES, UNPUBLISHED_MILLIS);
    return change(channel, retention, (stream, now) -> stream.read(query, retention.millis(), now));
  }

  @Override
  public Future<StreamPosition> ensure(
      String channel, StreamPosition observed, StreamOptions options) {
    long now = clock.getAsLong();
    Retention retention = Retention.of(options, MAX_BYTES, UNPUBLISHED_MILLIS);
    ChannelStream ensured =
        streams.compute(
            channel, (name, before) -> live(before, retention, now).ensure(observed, epoch(), now));
    record(channel, ensured.position());
    return answer(ensured.position());
  }

  @Override
  public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
    Map<String, StreamPosition> tops = new HashMap<>();
    compared.addAndGet(channels.size());
    for (String channel : channels) {
      ChannelStream stream = streams.get(channel);
      if (stream != null) {
        tops.put(channel, stream.position());
      }
    }
    return answer(tops);
  }

  @Override
  public Future<Void> keep(Collection<String> channels) {
    long now = clock.getAsLong();
    kept.addAll(channels);
    channels.forEach(
        channel ->
            streams.computeIfPresent(
                channel,
                (name, stream) -> {
                  stream.want(UNPUBLISHED_MILLIS, now);
                  return stream;
                }));
    return answer(true).mapEmpty();
  }

  @Override
  public Duration keepInterval() {
    return Duration.ofMillis(1);
  }

  @Override
  public long now() {
    return clock.getAsLong();
  }

  @Override
  public int parts() {
    return PARTS;
  }

  @Override
  public int part(String channel) {
    return Math.floorMod(channel.hashCode(), PARTS);
  }

  @Override
  public List<Inquiry> changes(Map<Integer, ChangeVersion> seen) {
    List<Inquiry> inquiries = new ArrayList<>();
    seen.forEach(
        (part, version) -> {
          Changes changes = log(part).since(version);
          List<Changes> all = changes == null ? List.of() : List.of(changes);
          inquiries.add(new Inquiry(Set.of(part), answer(all)));
        });
    return inquiries;
  }

  @Override
  public void onUnsettled(IntConsumer part) {
    unsettled.add(part);
  }

  /** Tells as the data grid does when a partition got another owner. */
  void move(int part) {
    unsettled.forEach(each -> each.accept(part));
  }

  private void record(String channel, StreamPosition top) {
    logs.computeIfPresent(
        part(channel),
        (part, log) -> {
          log.record(channel, top);
          return log;
        });
  }

  private ChangeLog log(int part) {
    return logs.computeIfAbsent(
        part, fresh -> new ChangeLog(fresh, logIds.incrementAndGet(), CHANGES));
  }

  private <T> Future<T> change(
      String channel, Retention retention, BiFunction<ChannelStream, Long, T> change) {
    if (down) {
      return failed();
    }
    if (!streams.containsKey(channel) && streams.size() >= max) {
      return Future.failedFuture(new TooManyStreams(channel, max));
    }
    long now = clock.getAsLong();
    CompletableFuture<T> result = new CompletableFuture<>();
    streams.compute(
        channel,
        (name, before) -> {
          ChannelStream stream = live(before, retention, now);
          stream.want(UNPUBLISHED_MILLIS, now);
          StreamPosition old = before == stream ? stream.position() : null;
          result.complete(change.apply(stream, now));
          if (!stream.position().equals(old)) {
            record(channel, stream.position());
          }
          return stream;
        });
    return answer(result.join());
  }

  private <T> Future<T> answer(T value) {
    return down
        ? failed()
        : Future.fromCompletionStage(
            CompletableFuture.completedFuture(value), vertx.getOrCreateContext());
  }

  private <T> Future<T> failed() {
    return Future.fromCompletionStage(
        CompletableFuture.failedFuture(new StreamsUnavailable("switched off by the test")),
        vertx.getOrCreateContext());
  }

  private static ChannelStream live(@Nullable ChannelStream before, Retention retention, long now) {
    return before == null || before.expired(retention, now)
        ? new ChannelStream(epoch(), now)
        : before;
  }

  private static Appended appended(StoredPublication stored) {
    return new Appended(stored.publication(), stored.duplicate());
  }

  private static String epoch() {
    return Incarnation.random().toString().substring(0, 8);
  }
}
