package dev.carillon.cluster;

import java.util.concurrent.TimeUnit;

/** A wait on the thread of a start, which has nothing else to do. */
final class JoinPause {

  private JoinPause() {}

  static void millis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while joining", stopped);
    }
  }
}
