package dev.carillon.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many HTTP connections this process has, of all instances, against {@code
 * client.connection_limit}. WebSockets are counted by the chat hub: when it is full, its pages and
 * the console can still be reached. Safe from any thread.
 */
final class ConnectionCount {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionCount.class);

  private final int limit;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean isFull = new AtomicBoolean();

  /**
   * @param limit 0: none
   */
  ConnectionCount(int limit) {
    this.limit = limit;
  }

  /** Counts one more, and says whether it is within the limit. */
  boolean opened() {
    boolean within = open.incrementAndGet() <= limit || limit == 0;
    if (!within && isFull.compareAndSet(false, true)) {
      LOG.warn("HTTP connections refused with 503, client.connection_limit is {}", limit);
    }
    return within;
  }

  void closed() {
    if (open.decrementAndGet() <= limit) {
      isFull.set(false);
    }
  }

  /** Open now. */
  int open() {
    return open.get();
  }
}
