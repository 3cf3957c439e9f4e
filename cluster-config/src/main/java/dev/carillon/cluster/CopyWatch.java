package dev.carillon.cluster;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks until all copies were made once, and again from the beginning whenever this node goes over
 * to others. Each such run of looks has an answer of its own, so what a former run hears late, of a
 * cluster that this node has left, is told to nobody.
 */
final class CopyWatch {

  private static final long LOOK_MILLIS = 200;

  private final Vertx vertx;
  private final Callable<Boolean> made;

  // Any thread asks; the answer is replaced by whoever begins, and written by its own run alone.
  private volatile AtomicBoolean answer = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * @param made whether all copies are there at this moment; may block, is called by a worker
   */
  CopyWatch(Vertx vertx, Callable<Boolean> made) {
    this.vertx = vertx;
    this.made = made;
  }

  /** Whether all copies were there at a moment since the last {@link #begin}. Any thread. */
  boolean wereMade() {
    return answer.get();
  }

  /** Forgets what it knew, and looks anew. Any thread. */
  void begin() {
    var begun = new AtomicBoolean();
    answer = begun;
    look(begun);
  }

  /** Looks no more; what it knows stays. Any thread. */
  void stop() {
    stopped = true;
  }

  private void look(AtomicBoolean run) {
    vertx
        .executeBlocking(made, false)
        .onComplete(
            asked -> {
              if (asked.succeeded() && asked.result()) {
                run.set(true);
              } else if (run == answer && !stopped) {
                vertx.setTimer(LOOK_MILLIS, timer -> look(run));
              }
            });
  }
}
