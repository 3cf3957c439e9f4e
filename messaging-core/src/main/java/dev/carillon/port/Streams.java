package dev.carillon.port;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Where streams are kept. A stream that was never published to is forgotten some time after it was
 * last wanted: created, read or {@linkplain #keep kept}. What would create a stream fails with
 * {@link TooManyStreams} when there are too many.
 *
 * <p>What a reader was told never goes away while the epoch stays: an answer holds nothing that is
 * not on all synchronous copies.
 *
 * <p>The contract suite {@code StreamsContract} in the tests of this module holds for every
 * implementation.
 */
public interface Streams {

  /** What became of a publication; a duplicate was stored before under the same key. */
  record Appended(Publication publication, boolean duplicate) {}

  /**
   * A question to one owner.
   *
   * @param parts that it was asked for
   * @param answer what changed in them; of a part without changes it says nothing
   */
  record Inquiry(Set<Integer> parts, Future<List<Changes>> answer) {}

  /**
   * Appends at the next offset. Succeeds only when all synchronous copies hold it. Uncertain
   * outcomes are retried inside with the same idempotency key; what stays uncertain fails.
   */
  default Future<Appended> append(
      String channel, NewPublication publication, StreamOptions options) {
    return appendAll(channel, List.of(publication), options).map(all -> all.get(0));
  }

  /**
   * Appends several in this order, in one step and with one outcome. Each must have an idempotency
   * key of its own, so that the retry of an uncertain outcome stores none of them twice.
   *
   * @return as many as there were publications, in the same order
   */
  Future<List<Appended>> appendAll(
      String channel, List<NewPublication> publications, StreamOptions options);

  /** Reads a part of the stream and creates the stream when it does not exist. */
  Future<History> read(String channel, HistoryQuery query, StreamOptions options);

  /**
   * Makes sure that no offset up to the one observed is given out again: a stream of the same epoch
   * that stands before it has lost publications and starts a new epoch.
   *
   * @return the position after that
   */
  Future<StreamPosition> ensure(String channel, StreamPosition observed, StreamOptions options);

  /**
   * These channels have subscribers: those of their streams that were never published to live on.
   * To be called every {@link #keepInterval} or more often. Creates none.
   */
  Future<Void> keep(Collection<String> channels);

  Duration keepInterval();

  /**
   * Positions of those of the channels that have a stream; others are absent from the answer. They
   * may be ahead of what can be read for a moment. Cheap for channels of few parts.
   */
  Future<Map<String, StreamPosition>> tops(Collection<String> channels);

  /**
   * Milliseconds since 1970 by the clock that publications are dated by, which may be another one
   * than that of this machine.
   */
  long now();

  /** How many parts the streams are divided into. Each has a log of its changes. */
  int parts();

  /** The part of a channel, from 0; always the same. */
  int part(String channel);

  /**
   * Asks for what changed in these parts after the versions that were seen last: every append, new
   * stream and new epoch. Each owner is asked by itself, so that a slow one delays no other.
   */
  List<Inquiry> changes(Map<Integer, ChangeVersion> seen);

  /**
   * Who is told when something may have happened in a part that is not in its log, even though the
   * log seems to be the same. Called on any thread.
   */
  void onUnsettled(IntConsumer part);
}
