package dev.carillon.chat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits of a test thread, each with a deadline. */
final class Wait {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Wait() {}

  static <T> T on(Future<T> future) {
    return on(future.toCompletionStage().toCompletableFuture());
  }

  /** Runs the task on the context and waits for its end. */
  static void run(Context context, Runnable task) {
    var done = new CompletableFuture<Void>();
    context.runOnContext(
        now -> {
          try {
            task.run();
            done.complete(null);
          } catch (Throwable failed) {
            done.completeExceptionally(failed);
          }
        });
    on(done);
  }

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static <T> T on(CompletableFuture<T> future) {
    try {
      return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
