package dev.carillon.redis;

import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Repeats operations whose outcome is uncertain, over any link that works. A try that is given up
 * may still be done, beside the next ones or after them: so operations must be such that doing them
 * twice is doing them once, or refuse when they can't know.
 */
final class Attempts {

  /** Milliseconds; a Redis that was away may be back soon, however long it was away. */
  private static final long MAX_DELAY = 1_000;

  private final Vertx vertx;
  private final List<Link> links;
  private final RedisEngineOptions options;
  private final Reach reach;
  private final LongSupplier clock;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * @param clock milliseconds that never go backward
   */
  Attempts(
      Vertx vertx, List<Link> links, RedisEngineOptions options, Reach reach, LongSupplier clock) {
    this.vertx = vertx;
    this.links = links;
    this.options = options;
    this.reach = reach;
    this.clock = clock;
  }

  /** One try of an operation. */
  @FunctionalInterface
  interface Operation<T> {
    Future<T> begin(Link link, Live live);
  }

  /** Operations that wait for an answer. */
  int waiting() {
    return waiting.get();
  }

  /**
   * Runs the operation until it succeeds, is refused, or time is up.
   *
   * @param what for the message of a failure
   * @param spread chooses the link; the same for the operations of one channel
   * @param bytes that are held meanwhile
   * @return completes on the context of the caller; fails with {@link StreamsUnavailable}
   */
  <T> Future<T> run(String what, int spread, int bytes, Operation<T> operation) {
    Context context = vertx.getOrCreateContext();
    long allBytes = waitingBytes.addAndGet(bytes);
    boolean room =
        waiting.incrementAndGet() <= options.maxWaiting() && allBytes <= options.maxWaitingBytes();
    Run<T> run =
        new Run<>(
            what,
            spread,
            operation,
            context,
            clock.getAsLong() + options.operationTimeout().toMillis());
    Future<T> outcome =
        room
            ? attempt(run, options.retryDelay().toMillis())
            : unavailable(run, new IllegalStateException("too much waits for Redis"));
    return outcome
        .onSuccess(done -> reach.done())
        .onFailure(failed -> reach.failures.increment())
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              waitingBytes.addAndGet(-bytes);
            });
  }

  private record Run<T>(
      String what, int spread, Operation<T> operation, Context context, long deadline) {}

  private <T> Future<T> attempt(Run<T> run, long delay) {
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(Math.floorMod(run.spread() + i, links.size()));
      Live live = link.live();
      if (live != null) {
        return run.operation().begin(link, live).recover(failure -> failed(run, failure, delay));
      }
    }
    IllegalStateException away = new IllegalStateException("Redis is away");
    return reach.awayMillis() > options.awayPatience().toMillis()
        ? unavailable(run, away)
        : again(run, away, delay);
  }

  private <T> Future<T> failed(Run<T> run, Throwable failure, long delay) {
    Failure kind = Failure.of(failure);
    if (kind == Failure.REFUSED) {
      reach.refused(failure);
    }
    return kind.mayPass() ? again(run, failure, delay) : unavailable(run, failure);
  }

  private <T> Future<T> again(Run<T> run, Throwable failure, long delay) {
    if (clock.getAsLong() + delay >= run.deadline()) {
      return unavailable(run, failure);
    }
    reach.retries.increment();
    // A Promise, so that the rest happens on the context of the caller, whoever calls.
    Promise<T> later = Promise.promise();
    run.context()
        .runOnContext(
            go ->
                vertx.setTimer(
                    delay,
                    fired -> attempt(run, Math.min(delay * 2, MAX_DELAY)).onComplete(later)));
    return later.future();
  }

  /** Not at once but in turn, because callers go on with their next operation. */
  private static <T> Future<T> unavailable(Run<T> run, Throwable failure) {
    String message = run.what() + ": " + failure.getMessage();
    Promise<T> later = Promise.promise();
    run.context().runOnContext(go -> later.fail(new StreamsUnavailable(message, failure)));
    return later.future();
  }
}
