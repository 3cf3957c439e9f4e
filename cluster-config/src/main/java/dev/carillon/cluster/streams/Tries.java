package dev.carillon.cluster.streams;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableException;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeats operations whose outcome is uncertain. They must be such that doing them twice is doing
 * them once.
 */
final class Tries {

  private final Vertx vertx;
  private final StreamsOptions options;
  private final LongSupplier clock;

  /** Tries that wait for an answer; begun by any thread. */
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

  /**
   * @param clock milliseconds that never go backward
   */
  Tries(Vertx vertx, StreamsOptions options, LongSupplier clock) {
    this.vertx = vertx;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Runs the operation until it succeeds, fails for certain, or time is up.
   *
   * @param what for the message of a failure
   * @return completes on the context of the caller; fails with {@link StreamsUnavailable}
   */
  <T> Future<T> run(String what, Supplier<CompletionStage<T>> operation) {
    Run<T> run =
        new Run<>(
            what,
            operation,
            vertx.getOrCreateContext(),
            clock.getAsLong() + options.storeTimeout().toMillis());
    return attempt(run, options.storeMaxRetries(), options.storeRetryDelay().toMillis());
  }

  /**
   * Begins anew what waits for an answer. A call waits for seconds for the backup on a member that
   * has died; asked again, it finds that it was done.
   */
  void retryPending() {
    TimeoutException lost = new TimeoutException("a member left before all copies answered");
    pending.forEach(waiting -> waiting.completeExceptionally(lost));
  }

  private record Run<T>(
      String what, Supplier<CompletionStage<T>> operation, Context context, long deadline) {}

  private <T> Future<T> attempt(Run<T> run, int retries, long delay) {
    long left = Math.max(1, run.deadline() - clock.getAsLong());
    long patience = Math.min(left, options.storeTryTimeout().toMillis());
    // Inside compose, so that a data grid that stopped fails the try and does not throw.
    return Future.succeededFuture()
        .compose(
            go -> Future.fromCompletionStage(interruptible(run.operation().get()), run.context()))
        .timeout(patience, TimeUnit.MILLISECONDS)
        .recover(failure -> again(run, unwrap(failure), retries, delay));
  }

  private <T> CompletionStage<T> interruptible(CompletionStage<T> operation) {
    CompletableFuture<T> waiting = new CompletableFuture<>();
    pending.add(waiting);
    waiting.whenComplete((value, failure) -> pending.remove(waiting));
    operation.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            waiting.complete(value);
          } else {
            waiting.completeExceptionally(failure);
          }
        });
    return waiting;
  }

  private <T> Future<T> again(Run<T> run, Throwable failure, int retries, long delay) {
    boolean inTime = clock.getAsLong() + delay < run.deadline();
    if (!isUncertain(failure) || retries == 0 || !inTime) {
      return Future.failedFuture(
          new StreamsUnavailable(run.what() + ": " + failure.getMessage(), failure));
    }
    return vertx.timer(delay).compose(later -> attempt(run, retries - 1, delay * 2));
  }

  /** Whether it may have been done, or may succeed when it is done again. */
  private static boolean isUncertain(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof OperationTimeoutException
        || failure instanceof IndeterminateOperationStateException
        || failure instanceof RetryableException;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause.getClass() == ExecutionException.class)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
