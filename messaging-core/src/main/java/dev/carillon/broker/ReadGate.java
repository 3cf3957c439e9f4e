package dev.carillon.broker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets so many reads of streams be under way and makes the others wait, so that a node that lost a
 * link does not ask for thousands of channels at once. Owned by the event loop of its FeedLoop.
 */
final class ReadGate {

  private final int max;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int underWay;

  ReadGate(int max) {
    this.max = max;
  }

  <T> Future<T> pass(Supplier<Future<T>> read) {
    if (underWay < max) {
      return begin(read);
    }
    // A Promise, because the read that it stands for has not begun.
    Promise<T> later = Promise.promise();
    waiting.add(() -> begin(read).onComplete(later));
    return later.future();
  }

  private <T> Future<T> begin(Supplier<Future<T>> read) {
    underWay++;
    return Future.succeededFuture().compose(go -> read.get()).onComplete(done -> end());
  }

  private void end() {
    underWay--;
    Runnable next = waiting.poll();
    if (next != null) {
      next.run();
    }
  }
}
