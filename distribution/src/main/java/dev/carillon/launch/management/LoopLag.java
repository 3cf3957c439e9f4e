package dev.carillon.launch.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/**
 * Measures how late the timers of one event loop are: what every socket on it waits. Deployed once
 * for each event loop.
 */
public final class LoopLag extends VerticleBase {
  private static final long PERIOD_MILLIS = 100;

  private final Timer lag;

  // Owned by the event loop of this verticle.
  private long due;

  public LoopLag(MeterRegistry meters) {
    lag =
        Timer.builder("carillon_event_loop_lag")
            .description("How late timers run on the event loops")
            .distributionStatisticExpiry(Duration.ofMinutes(1))
            .register(meters);
  }

  @Override
  public Future<?> start() {
    schedule();
    return Future.succeededFuture();
  }

  private void schedule() {
    due = System.nanoTime() + Duration.ofMillis(PERIOD_MILLIS).toNanos();
    vertx.setTimer(PERIOD_MILLIS, fired -> measure());
  }

  private void measure() {
    lag.record(Duration.ofNanos(Math.max(0, System.nanoTime() - due)));
    schedule();
  }
}
