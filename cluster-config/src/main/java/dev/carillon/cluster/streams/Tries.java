package dev.carillon.cluster.streams;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeats operations whose outcome is uncertain. A try that is given up may go on, for 25 s or so,
 * beside the next ones and after the last: so operations must bear being done again, later. Most
 * are such that doing them twice is doing them once; {@link Append} is while it can be known, and
 * refuses otherwise.
 */
final class Tries {

  /** Milliseconds; a partition that had no owner a second ago may have one now. */
  private static final long MAX_DELAY = 1_000;

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

  /** One try of an operation. */
  @FunctionalInterface
  interface Operation<T> {

    /**
     * @param again whether there was a try before
     */
    CompletionStage<T> begin(boolean again);
  }

  /** The same for an operation that makes no difference between its tries. */
  <T> Future<T> run(String what, Supplier<CompletionStage<T>> operation) {
    return run(what, (boolean again) -> operation.get());
  }

  /**
   * Runs the operation until it succeeds, fails for certain, or time is up.
   *
   * @param what for the message of a failure
   * @return completes on the context of the caller; fails with {@link StreamsUnavailable}
   */
  <T> Future<T> run(String what, Operation<T> operation) {
    Run<T> run =
        new Run<>(
            what,
            operation,
            vertx.getOrCreateContext(),
            clock.getAsLong() + options.storeTimeout().toMillis());
    return attempt(run, false, options.storeRetryDelay().toMillis());
  }

  /**
   * Begins anew what waits for an answer. A call waits for seconds for the backup on a member that
   * has died; asked again, it finds that it was done.
   */
  void retryPending() {
    TimeoutException lost = new TimeoutException("a member left before all copies answered");
    pending.forEach(waiting -> waiting.completeExceptionally(lost));
  }

  private record Run<T>(String what, Operation<T> operation, Context context, long deadline) {}

  private <T> Future<T> attempt(Run<T> run, boolean again, long delay) {
    long left = Math.max(1, run.deadline() - clock.getAsLong());
    long patience = Math.min(left, options.storeTryTimeout().toMillis());
    CompletionStage<T> begun;
    try {
      begun = run.operation().begin(again);
    } catch (HazelcastInstanceNotActiveException stopped) {
      // Thrown, and not the outcome of the try: this member has stopped, not another one.
      return unavailable(run, stopped);
    } catch (RuntimeException notSent) {
      return again(run, notSent, delay);
    }
    return Future.fromCompletionStage(interruptible(begun), run.context())
        .timeout(patience, TimeUnit.MILLISECONDS)
        .recover(failure -> again(run, Uncertain.unwrap(failure), delay));
  }

  private static <T> Future<T> unavailable(Run<T> run, Throwable failure) {
    return Future.failedFuture(
        new StreamsUnavailable(run.what() + ": " + failure.getMessage(), failure));
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

  private <T> Future<T> again(Run<T> run, Throwable failure, long delay) {
    boolean inTime = clock.getAsLong() + delay < run.deadline();
    if (!Uncertain.is(failure) || !inTime) {
      return unavailable(run, failure);
    }
    return vertx.timer(delay).compose(later -> attempt(run, true, Math.min(delay * 2, MAX_DELAY)));
  }
}
