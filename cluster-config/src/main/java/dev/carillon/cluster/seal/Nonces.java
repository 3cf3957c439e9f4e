package dev.carillon.cluster.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Numbers that never come twice under one key: 64 random bits, drawn at the start of a process and
 * after every 2^32 numbers, and a count of 32 bits (NIST SP 800-38D, 8.2.1: the random bits take
 * the place of the name of the device). Two of p series are the same with a probability of at most
 * p²/2^65; after 65,536 starts of nodes that is 2^-33, below the 2^-32 which that document asks
 * for. Safe to call from any thread.
 */
final class Nonces {

  static final int BYTES = 12;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long MOST = 1L << 32;

  /** One run of numbers. */
  private record Series(long prefix, AtomicLong next) {
    static Series from(long first) {
      return new Series(RANDOM.nextLong(), new AtomicLong(first));
    }
  }

  private final AtomicReference<Series> current;

  Nonces() {
    this(0);
  }

  /**
   * @param first of the first series, for a test that wants to see its end
   */
  Nonces(long first) {
    current = new AtomicReference<>(Series.from(first));
  }

  /** The next one. */
  byte[] next() {
    while (true) {
      var series = Objects.requireNonNull(current.get());
      long count = series.next.getAndIncrement();
      if (count < MOST) {
        return ByteBuffer.allocate(BYTES).putLong(series.prefix).putInt((int) count).array();
      }
      current.compareAndSet(series, Series.from(0));
    }
  }
}
