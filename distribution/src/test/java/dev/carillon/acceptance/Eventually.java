package dev.carillon.acceptance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition with a deadline, so that no test waits for a fixed time. */
final class Eventually {
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private Eventually() {}

  /** Returns as soon as the condition holds. */
  static void await(String what, Duration within, BooleanSupplier condition) {
    await(what, within, condition, () -> "nothing more is known");
  }

  /**
   * Returns as soon as the condition holds.
   *
   * @param found says in the failure what there was instead
   */
  static void await(
      String what, Duration within, BooleanSupplier condition, Supplier<String> found) {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            found.get() + " (expected: " + what + ", within " + within.toMillis() + " ms)");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Returns the first value there is. */
  static <T> T get(String what, Duration within, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + within.toNanos();
    for (; ; ) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "nothing (expected: " + what + ", within " + within.toMillis() + " ms)");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
