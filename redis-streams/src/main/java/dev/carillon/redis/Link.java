package dev.carillon.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is tried again and again, and made anew when it breaks: the client does not
 * do that by itself. Commands may be sent from any thread; the answer comes on the context of the
 * caller.
 */
final class Link {

  private final Context context;
  private final Vertx vertx;
  private final Connector connector;
  private final RedisEngineOptions options;
  private final Reach reach;
  private final Promise<Void> tried = Promise.promise();

  /** Written on the event loop of the context, read by all. */
  private volatile @Nullable Live live;

  // Owned by the event loop of the context.
  private boolean closed;
  private int failures;

  Link(Context context, Connector connector, RedisEngineOptions options, Reach reach) {
    this.context = context;
    this.vertx = context.owner();
    this.connector = connector;
    this.options = options;
    this.reach = reach;
  }

  void open() {
    context.runOnContext(go -> connect());
  }

  /** Completes after the first try, whatever came of it. */
  Future<Void> tried() {
    return tried.future();
  }

  /** The connection, when there is one. */
  @Nullable Live live() {
    return live;
  }

  /** Runs the script over this connection of this link. */
  Future<Response> call(Live through, ScriptCall call) {
    return watched(
        through,
        through
            .connection()
            .send(call.request(through.era(), false))
            .recover(
                failure ->
                    Failure.of(failure) == Failure.UNKNOWN_SCRIPT
                        ? through.connection().send(call.request(through.era(), true))
                        : Future.failedFuture(failure)));
  }

  /** Sends all commands at once. */
  Future<List<Response>> batch(Live through, List<Request> requests) {
    return watched(through, through.connection().batch(requests));
  }

  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        go -> {
          closed = true;
          Live last = live;
          live = null;
          (last == null ? Future.<Void>succeededFuture() : last.client().close()).onComplete(done);
        });
    return done.future();
  }

  private <T> Future<T> watched(Live through, Future<T> answer) {
    return answer
        .timeout(options.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            failure -> {
              if (Failure.of(failure).endsConnection()) {
                context.runOnContext(go -> broken(through, failure));
              }
            });
  }

  private void connect() {
    if (closed) {
      return;
    }
    connector
        .connect()
        .onSuccess(this::connected)
        .onFailure(
            failure -> {
              reach.unreachable(failure);
              connectLater();
            })
        .onComplete(done -> tried.tryComplete());
  }

  private void connected(Live made) {
    if (closed) {
      made.client().close();
      return;
    }
    failures = 0;
    live = made;
    made.connection().exceptionHandler(failure -> broken(made, failure));
    made.connection().endHandler(end -> broken(made, new IllegalStateException("it was closed")));
    reach.connected(made.run());
    reach.counted(made.run().keys());
    reach.entered(made.era(), false);
    checkLater(made);
  }

  private void checkLater(Live checked) {
    vertx.setTimer(options.checkInterval().toMillis(), fired -> check(checked));
  }

  private void check(Live checked) {
    if (isCurrent(checked)) {
      connector
          .check(checked)
          .timeout(options.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .onSuccess(entry -> wellStill(checked, entry))
          .onFailure(failure -> broken(checked, failure));
    }
  }

  private void wellStill(Live checked, Connector.Entry entry) {
    if (isCurrent(checked)) {
      Live next = new Live(checked.client(), checked.connection(), checked.run(), entry.era());
      live = next;
      reach.counted(entry.run().keys());
      reach.entered(entry.era(), entry.emptied());
      checkLater(next);
    }
  }

  private void broken(Live which, Throwable failure) {
    if (isCurrent(which)) {
      live = null;
      which.client().close();
      reach.disconnected(failure);
      connectLater();
    }
  }

  private boolean isCurrent(Live which) {
    Live current = live;
    return current != null && current.isSame(which);
  }

  /** A random part of a pause that doubles, so that nodes do not come all at once. */
  private void connectLater() {
    long longest = options.reconnectMaxDelay().toMillis();
    long pause =
        Math.min(longest, options.reconnectMinDelay().toMillis() << Math.min(failures, 16));
    failures++;
    vertx.setTimer(
        1 + ThreadLocalRandom.current().nextLong(Math.max(1, pause)), fired -> connect());
  }
}
