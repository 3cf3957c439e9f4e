package dev.carillon.broker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, with a deadline. */
public final class Eventually {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Eventually() {}

  public static void eventually(Supplier<String> state, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + DEADLINE + ": " + state.get());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
