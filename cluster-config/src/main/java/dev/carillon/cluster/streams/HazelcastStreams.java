package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.SteadyTime;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.port.TooManyStreams;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Epochs;
import dev.carillon.stream.Retention;
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
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Streams in the data grid. An append succeeds when the owner and all synchronous backups of the
 * channel's partition hold it; who has fewer members than the majority refuses. Safe to call from
 * any thread; nothing blocks.
 */
public final class HazelcastStreams implements Streams {

  private static final int SWEEP_BATCH = 1_000;

  private final Vertx vertx;
  private final IMap<String, StoredStream> map;
  private final Tries tries;
  private final OwnerChanges changes;
  private final Settings settings;
  private final LongSupplier clock;
  private final StreamCount count;
  private final Epochs epochs = new Epochs(Incarnation.random().low());

  /**
   * What is the same for every operation.
   *
   * @param limits of the whole cluster
   * @param minMembers data members that must be in the cluster; 1 for no such condition
   * @param historyMaxBytes of one channel
   */
  public record Settings(
      StreamsOptions options, StreamLimits limits, int minMembers, int historyMaxBytes) {}

  /**
   * @param name of the map, whose values are kept as objects
   * @param clock milliseconds since 1970, the same at all members: the member that reads or sweeps
   *     compares them with those of the member that stored
   */
  public HazelcastStreams(
      Vertx vertx, HazelcastInstance grid, String name, Settings settings, LongSupplier clock) {
    this.vertx = vertx;
    this.map = grid.getMap(name);
    this.changes =
        new OwnerChanges(vertx, grid, map, settings.options().storeTryTimeout().toMillis());
    this.settings = settings;
    this.clock = clock;
    this.count = new StreamCount(vertx, map, settings.limits().maxStreams());
    this.tries = new Tries(vertx, settings.options(), SteadyTime::millis);
  }

  @Override
  public Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options) {
    StreamCall call = call(channel, options);
    List<Append.Entry> entries = publications.stream().map(Append.Entry::of).toList();
    return tries
        .<@Nullable StoredAppend>run(
            "append to " + channel,
            again -> map.submitToKey(channel, new Append(call, again, entries)))
        .map(stored -> appended(channel, created(channel, stored), publications));
  }

  @Override
  public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
    StreamCall call = call(channel, options);
    return tries
        .<@Nullable StoredHistory>run(
            "read of " + channel,
            again -> map.submitToKey(channel, new ReadStream(call, again, query)))
        .map(stored -> created(channel, stored).history());
  }

  @Override
  public Future<StreamPosition> ensure(
      String channel, StreamPosition observed, StreamOptions options) {
    StreamCall call = call(channel, options);
    return tries
        .<@Nullable StoredPosition>run(
            "check of " + channel,
            again -> map.submitToKey(channel, new EnsureStream(call, again, observed)))
        .map(stored -> created(channel, stored).position());
  }

  @Override
  public Future<Void> keep(Collection<String> channels) {
    Set<String> keys = Set.copyOf(channels);
    long lifetime = settings.limits().unpublishedLifetime();
    return tries
        .run(
            "keeping of " + keys.size() + " channels",
            () -> map.submitToKeys(keys, new KeepStream(lifetime, now())))
        .mapEmpty();
  }

  @Override
  public Duration keepInterval() {
    return Duration.ofMillis(settings.limits().unpublishedLifetime() / 6);
  }

  @Override
  public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
    Set<String> keys = Set.copyOf(channels);
    return tries
        .run(
            "positions of " + keys.size() + " channels",
            () -> map.submitToKeys(keys, new ReadTop()))
        .map(HazelcastStreams::positions);
  }

  @Override
  public long now() {
    return clock.getAsLong();
  }

  @Override
  public int parts() {
    return changes.parts();
  }

  @Override
  public int part(String channel) {
    return changes.part(channel);
  }

  @Override
  public List<Inquiry> changes(Map<Integer, ChangeVersion> seen) {
    return changes.ask(seen);
  }

  @Override
  public void onUnsettled(IntConsumer part) {
    changes.onUnsettled(part);
  }

  /** To be called when a member was lost: what waits for its answer is begun anew. */
  public void memberLost() {
    tries.retryPending();
  }

  /** From now on counts the streams, and drops what is too old from those that this member owns. */
  public void open() {
    changes.followMigrations();
    count.follow();
    sweep();
  }

  /** Streams in the cluster, a second ago. */
  public int count() {
    return count.streams();
  }

  Future<Void> countNow() {
    return count.count();
  }

  private void sweep() {
    vertx.setTimer(
        settings.options().historySweepInterval().toMillis(),
        fired -> expire().onComplete(done -> sweep()));
  }

  /** Drops what is too old from the streams that this member owns. */
  public Future<Void> expire() {
    // The list of own keys is made by a blocking call.
    return vertx.executeBlocking(this::ownKeys, false).compose(keys -> expire(keys, 0));
  }

  /** Those of a partition together: each partition looks at all keys of its request. */
  private List<String> ownKeys() {
    return map.localKeySet().stream().collect(Collectors.groupingBy(this::part)).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private Future<Void> expire(List<String> keys, int from) {
    if (from >= keys.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(keys.size(), from + SWEEP_BATCH);
    Set<String> batch = Set.copyOf(keys.subList(from, to));
    return tries
        .run(
            "expiry of " + batch.size() + " channels",
            () -> map.submitToKeys(batch, new ExpireStream(now())))
        .compose(done -> expire(keys, to));
  }

  private StreamCall call(String channel, StreamOptions options) {
    return new StreamCall(
        epochs.next(),
        now(),
        settings.minMembers(),
        count.hasRoom(),
        part(channel),
        Retention.of(options, settings.historyMaxBytes(), settings.limits().unpublishedLifetime()));
  }

  /**
   * @throws TooManyStreams when there was no room for the stream
   */
  private <T> T created(String channel, @Nullable T stored) {
    if (stored == null) {
      throw count.refusal(channel);
    }
    return stored;
  }

  /**
   * @throws StreamsUnavailable when the owner can't know whether another try has stored them
   */
  private static List<Appended> appended(
      String channel, StoredAppend stored, List<NewPublication> publications) {
    if (stored.outcomes().size() < publications.size()) {
      throw new StreamsUnavailable(
          "append to " + channel + ": too late to know whether it was stored before");
    }
    List<Appended> all = new ArrayList<>(publications.size());
    for (int i = 0; i < publications.size(); i++) {
      all.add(appended(stored.epoch(), stored.outcomes().get(i), publications.get(i)));
    }
    return all;
  }

  private static Appended appended(
      String epoch, StoredAppend.Outcome outcome, NewPublication publication) {
    if (outcome.stored() != null) {
      return new Appended(outcome.stored(), true);
    }
    return new Appended(publication.at(outcome.offset(), epoch, outcome.time()), false);
  }

  private static Map<String, StreamPosition> positions(Map<String, StoredPosition> stored) {
    Map<String, StreamPosition> positions = new HashMap<>();
    stored.forEach(
        (channel, position) -> {
          if (position != null) {
            positions.put(channel, position.position());
          }
        });
    return positions;
  }
}
