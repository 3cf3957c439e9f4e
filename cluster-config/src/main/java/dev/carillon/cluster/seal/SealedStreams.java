package dev.carillon.cluster.seal;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.stream.ChangeVersion;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of which those who keep them can read positions, times and names of channels, but no
 * publication: sealed before they are handed over, opened when they come back. What can't be opened
 * fails the operation with {@link UnreadablePayload}; nothing is left out silently.
 */
public final class SealedStreams implements Streams {

  private static final Logger LOG = LoggerFactory.getLogger(SealedStreams.class);

  /** What can't be opened is read again and again; the log says so once in this time. */
  private static final long SILENCE_NANOS = 60_000_000_000L;

  private final Streams streams;
  private final Seal seal;
  private final AtomicLong told = new AtomicLong(System.nanoTime() - SILENCE_NANOS);

  /**
   * @param streams where the sealed publications are kept
   */
  public SealedStreams(Streams streams, Seal seal) {
    this.streams = streams;
    this.seal = seal;
  }

  @Override
  public Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options) {
    var sealed = publications.stream().map(each -> seal.seal(channel, each)).toList();
    return streams
        .appendAll(channel, sealed, options)
        .map(stored -> opened(channel, stored, publications));
  }

  @Override
  public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
    return streams
        .read(channel, query, options)
        .map(history -> opened(channel, history))
        .onFailure(this::tell);
  }

  @Override
  public Future<StreamPosition> ensure(
      String channel, StreamPosition observed, StreamOptions options) {
    return streams.ensure(channel, observed, options);
  }

  @Override
  public Future<Void> keep(Collection<String> channels) {
    return streams.keep(channels);
  }

  @Override
  public Duration keepInterval() {
    return streams.keepInterval();
  }

  @Override
  public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
    return streams.tops(channels);
  }

  @Override
  public int parts() {
    return streams.parts();
  }

  @Override
  public int part(String channel) {
    return streams.part(channel);
  }

  @Override
  public List<Inquiry> changes(Map<Integer, ChangeVersion> seen) {
    return streams.changes(seen);
  }

  @Override
  public long now() {
    return streams.now();
  }

  @Override
  public void onUnsettled(IntConsumer part) {
    streams.onUnsettled(part);
  }

  private void tell(Throwable failure) {
    long now = System.nanoTime();
    long last = told.get();
    if (failure instanceof UnreadablePayload
        && now - last >= SILENCE_NANOS
        && told.compareAndSet(last, now)) {
      LOG.error("{}", failure.getMessage());
    }
  }

  private History opened(String channel, History history) {
    return new History(
        history.top(),
        history.publications().stream().map(stored -> seal.open(channel, stored)).toList());
  }

  private List<Appended> opened(
      String channel, List<Appended> stored, List<NewPublication> publications) {
    List<Appended> all = new ArrayList<>(stored.size());
    for (int i = 0; i < stored.size(); i++) {
      all.add(opened(channel, stored.get(i), publications.get(i)));
    }
    return all;
  }

  /** What was stored now is known; a duplicate may have said something else. */
  private Appended opened(String channel, Appended appended, NewPublication publication) {
    var stored = appended.publication();
    return appended.duplicate()
        ? new Appended(seal.open(channel, stored), true)
        : new Appended(publication.at(stored.offset(), stored.epoch(), stored.time()), false);
  }
}
