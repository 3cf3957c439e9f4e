package dev.carillon.http;

import dev.carillon.limit.Source;
import dev.carillon.limit.TokenBuckets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Limits the new guests of each address. There is one for the whole process, so that an address
 * gets no more by opening connections to several event loops. Safe from any thread.
 */
public final class GuestGate {

  private final Vertx vertx;
  private final Context context;

  // Owned by the event loop of that context.
  private final TokenBuckets<Source> newcomers;

  public GuestGate(Vertx vertx, GuestOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.newcomers =
        new TokenBuckets<>(
            options.tokensPerMinute() / 60.0, options.tokenBurst(), options.addressLimit());
  }

  /**
   * How long a guest from there has to wait; zero: it comes in now, and is counted. Completes on
   * the context of the caller.
   */
  Future<Duration> ask(Source source) {
    Context caller = vertx.getOrCreateContext();
    Promise<Duration> answer = Promise.promise();
    context.runOnContext(
        turn -> {
          Duration wait = wait(source, System.nanoTime());
          caller.runOnContext(back -> answer.complete(wait));
        });
    return answer.future();
  }

  private Duration wait(Source source, long now) {
    return newcomers.take(source, 1, now) ? Duration.ZERO : newcomers.until(source, 1, now);
  }
}
