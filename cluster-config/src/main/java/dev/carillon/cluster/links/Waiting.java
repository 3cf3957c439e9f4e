package dev.carillon.cluster.links;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits on an event loop until a condition holds, which it looks at a hundred times a second. */
record Waiting(Vertx vertx, long deadline) {

  private static final long LOOK_MILLIS = 10;

  static Waiting atMost(Vertx vertx, Duration limit) {
    return new Waiting(vertx, System.nanoTime() + limit.toNanos());
  }

  /** Whether it holds in time; the context is that of the caller. */
  Future<Boolean> until(BooleanSupplier condition) {
    if (condition.getAsBoolean()) {
      return Future.succeededFuture(true);
    }
    return System.nanoTime() - deadline > 0
        ? Future.succeededFuture(false)
        : vertx.timer(LOOK_MILLIS).compose(later -> until(condition));
  }
}
