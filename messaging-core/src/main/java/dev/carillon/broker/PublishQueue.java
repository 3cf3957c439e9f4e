package dev.carillon.broker;

import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Streams.Appended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Publications of one channel on their way into its stream. One batch is under way at a time: so
 * they are stored in the order in which they were published here, whatever is retried, and what
 * comes meanwhile makes the next batch. Owned by the event loop of its PublishLoop.
 */
final class PublishQueue {

  /** Bytes that a publication that waits takes beside its own, roughly. */
  private static final int ENTRY_BYTES = 256;

  /**
   * One publication and its publisher's answer.
   *
   * @param since when it came, in milliseconds of a clock that never goes backward
   */
  record Waiting(
      NewPublication publication, StreamOptions options, Promise<Appended> answer, long since) {

    int weight() {
      return PublishQueue.weight(publication);
    }
  }

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int bytes;
  boolean busy;

  /** The memory that the publication takes while it waits, in bytes, roughly. */
  static int weight(NewPublication publication) {
    return publication.weight() + ENTRY_BYTES;
  }

  boolean hasRoomFor(NewPublication publication, BrokerOptions limits) {
    // One alone always has room: else its queue, which is empty, would stay for ever.
    return waiting.isEmpty()
        || (waiting.size() < limits.publishQueueMaxPublications()
            && bytes + weight(publication) <= limits.publishQueueMaxBytes());
  }

  Future<Appended> add(NewPublication publication, StreamOptions options, long now) {
    // A Promise, because the answer belongs to a batch that does not exist yet.
    Waiting entry = new Waiting(publication, options, Promise.promise(), now);
    waiting.add(entry);
    bytes += entry.weight();
    return entry.answer().future();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Those that came before this moment, which are not to be stored any more. */
  List<Waiting> takeLate(long before) {
    List<Waiting> late = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.getFirst().since() < before) {
      late.add(take());
    }
    return late;
  }

  private Waiting take() {
    Waiting next = waiting.removeFirst();
    bytes -= next.weight();
    return next;
  }

  /** The next publications that are to be stored under the same options. */
  List<Waiting> takeBatch(int max) {
    List<Waiting> batch = new ArrayList<>();
    StreamOptions options = waiting.getFirst().options();
    while (batch.size() < max && !waiting.isEmpty()) {
      if (!waiting.getFirst().options().equals(options)) {
        break;
      }
      batch.add(take());
    }
    return batch;
  }
}
