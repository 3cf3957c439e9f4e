package dev.carillon.launch;

import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.sessions.SessionRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * Tells the clients of a node that stops to go elsewhere, in waves, so that they do not all arrive
 * at the other nodes in the same moment.
 */
final class Farewell {
  private static final long WAVE_MILLIS = 100;

  /** A node of a few clients says goodbye to all of them at once. */
  private static final int SMALLEST_WAVE = 200;

  private final Vertx vertx;
  private final Connections connections;
  private final Duration limit;

  /**
   * @param limit how long all waves may take together
   */
  Farewell(Vertx vertx, Connections connections, Duration limit) {
    this.vertx = vertx;
    this.connections = connections;
    this.limit = limit;
  }

  /** Succeeds when everybody was told who is here now. */
  Future<Void> say() {
    var all = connections.records();
    long waves = Math.max(1, limit.toMillis() / WAVE_MILLIS);
    return wave(all, (int) Math.max(SMALLEST_WAVE, all.size() / waves + 1));
  }

  private Future<Void> wave(List<SessionRecord> left, int size) {
    var now = left.subList(0, Math.min(size, left.size()));
    now.forEach(session -> connections.end(session.id(), EndReason.SHUTDOWN));
    var later = left.subList(now.size(), left.size());
    return later.isEmpty()
        ? Future.succeededFuture()
        : vertx.timer(WAVE_MILLIS).compose(next -> wave(later, size));
  }
}
