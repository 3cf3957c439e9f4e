package dev.carillon.cluster.links;

import dev.carillon.channel.ChannelDelivery;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was published and not yet encoded: filled by any thread, emptied by the event loop of the
 * links. What does not fit is dropped, and that something was is remembered.
 */
final class Outgoing {

  private final int max;
  private final Queue<ChannelDelivery> queue = new ConcurrentLinkedQueue<>();

  // Counted before it is added, so that the queue is never longer than the count.
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean overflown = new AtomicBoolean();

  /**
   * @param max deliveries
   */
  Outgoing(int max) {
    this.max = max;
  }

  /** Returns whether it is the first one, and the event loop has to be called. */
  boolean add(ChannelDelivery delivery) {
    int length = count.incrementAndGet();
    if (length > max) {
      // In this order: whoever finds the count at zero finds the mark as well.
      overflown.set(true);
      count.decrementAndGet();
      return false;
    }
    queue.add(delivery);
    return length == 1;
  }

  /**
   * Moves all that is there, in the order in which it was added.
   *
   * @return whether more is counted and not yet there: nobody else calls the event loop for it
   */
  boolean drainTo(List<ChannelDelivery> batch) {
    ChannelDelivery next = queue.poll();
    while (next != null) {
      batch.add(next);
      next = queue.poll();
    }
    return count.addAndGet(-batch.size()) > 0;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whether something was dropped since this was asked last. */
  boolean hasOverflown() {
    return overflown.getAndSet(false);
  }
}
