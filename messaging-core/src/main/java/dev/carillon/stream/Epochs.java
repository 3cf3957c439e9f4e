package dev.carillon.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Epochs that were never used before. One is drawn for every operation and used by few, so it is
 * cheap: a random start, and from there odd steps through all 64-bit numbers. Clients send it back
 * with every recovery, so it is short. Safe to use from any thread.
 */
public final class Epochs {

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final AtomicLong last;

  /**
   * @param random another one for each process
   */
  public Epochs(long random) {
    this.last = new AtomicLong(random);
  }

  /** At most 13 letters and digits. */
  public String next() {
    return Long.toUnsignedString(nextNumber(), 36);
  }

  /** The same as a number. */
  public long nextNumber() {
    return last.addAndGet(STEP);
  }
}
