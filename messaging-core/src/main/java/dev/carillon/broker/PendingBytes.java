package dev.carillon.broker;

import dev.carillon.channel.NewPublication;
import dev.carillon.port.StreamsUnavailable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The memory of one node that is taken by publications nobody has an answer to yet. The queue of a
 * channel has bounds of its own, but when no owner answers there is one for each of many channels.
 * Safe to call from any thread.
 */
final class PendingBytes {

  private final long max;
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  /**
   * @param max broker.publish_pending_max_bytes
   */
  PendingBytes(long max) {
    this.max = max;
  }

  void register(MeterRegistry meters) {
    Gauge.builder("carillon.publish.pending", this, PendingBytes::now)
        .description("Memory of publications that wait to be stored")
        .baseUnit("bytes")
        .register(meters);
    FunctionCounter.builder("carillon.publish.refused", refused, LongAdder::sum)
        .description("Publications refused because too many bytes wait to be stored")
        .register(meters);
  }

  /** Those that are counted now. */
  long now() {
    return bytes.get();
  }

  /**
   * Counts the publication until its answer is there, whatever that is.
   *
   * @param publish is not called when there is no room
   * @return what publish returns; fails with {@link StreamsUnavailable} when there is no room
   */
  <T> Future<T> during(NewPublication publication, Supplier<Future<T>> publish) {
    int weight = PublishQueue.weight(publication);
    // One alone always has room, so that no choice of limits refuses it for ever.
    if (bytes.addAndGet(weight) > Math.max(max, weight)) {
      bytes.addAndGet(-weight);
      refused.increment();
      String limit = "broker.publish_pending_max_bytes = " + max;
      return Future.failedFuture(new StreamsUnavailable(limit + ": too much waits to be stored"));
    }
    Future<T> answer;
    try {
      answer = publish.get();
    } catch (RuntimeException notBegun) {
      bytes.addAndGet(-weight);
      throw notBegun;
    }
    return answer.onComplete(done -> bytes.addAndGet(-weight));
  }
}
