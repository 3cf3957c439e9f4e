package dev.carillon.broker;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.stream.ChangeVersion;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Streams whose answers to an append are what the test makes of them. */
final class UnevenStreams implements Streams {

  /** What becomes of an append to this channel; done is the append as it would be. */
  @FunctionalInterface
  interface Outcome {
    Future<List<Appended>> of(String channel, Supplier<Future<List<Appended>>> done);
  }

  private final Streams even;
  private volatile Outcome outcome = (channel, done) -> done.get();

  UnevenStreams(Streams even) {
    this.even = even;
  }

  void answer(Outcome next) {
    outcome = next;
  }

  @Override
  public Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options) {
    return outcome.of(channel, () -> even.appendAll(channel, publications, options));
  }

  @Override
  public Future<History> read(String channel, HistoryQuery query, StreamOptions options) {
    return even.read(channel, query, options);
  }

  @Override
  public Future<StreamPosition> ensure(
      String channel, StreamPosition observed, StreamOptions options) {
    return even.ensure(channel, observed, options);
  }

  @Override
  public Future<Void> keep(Collection<String> channels) {
    return even.keep(channels);
  }

  @Override
  public Duration keepInterval() {
    return even.keepInterval();
  }

  @Override
  public Future<Map<String, StreamPosition>> tops(Collection<String> channels) {
    return even.tops(channels);
  }

  @Override
  public long now() {
    return even.now();
  }

  @Override
  public int parts() {
    return even.parts();
  }

  @Override
  public int part(String channel) {
    return even.part(channel);
  }

  @Override
  public List<Inquiry> changes(Map<Integer, ChangeVersion> seen) {
    return even.changes(seen);
  }

  @Override
  public void onUnsettled(IntConsumer part) {
    even.onUnsettled(part);
  }
}
