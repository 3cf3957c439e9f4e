package dev.carillon.broker;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Asking something of another event loop, with the answer on one's own. */
public final class Hops {

  private final Vertx vertx;

  public Hops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Runs the call there; its outcome completes on the context of the caller. */
  public <T> Future<T> call(Context there, Supplier<Future<T>> call) {
    // A CompletableFuture, because a plain Promise would complete on the context of the other side.
    CompletableFuture<T> answer = new CompletableFuture<>();
    there.runOnContext(
        go ->
            // Inside compose, so that a call that throws fails the answer too.
            Future.succeededFuture()
                .compose(started -> call.get())
                .onComplete(
                    value -> answer.complete(value),
                    failure -> answer.completeExceptionally(failure)));
    return Future.fromCompletionStage(answer, vertx.getOrCreateContext());
  }
}
