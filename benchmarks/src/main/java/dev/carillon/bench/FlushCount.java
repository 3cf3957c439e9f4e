package dev.carillon.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until every client was flushed. */
final class FlushCount {

  private volatile CountDownLatch left = new CountDownLatch(0);

  void expect(int flushes) {
    left = new CountDownLatch(flushes);
  }

  void flushed() {
    left.countDown();
  }

  void await() {
    try {
      if (!left.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(left.getCount() + " were not flushed");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
