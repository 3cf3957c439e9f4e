package dev.carillon.cluster;

import dev.carillon.hub.Connections.EndReason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this node back to the others, who took it for dead, as a new incarnation: nothing that the
 * old one had rises again. The fence is closed from the moment before it gives up its share of the
 * data until its sessions have ended, its addresses and links are renewed, it and the others answer
 * over the bus, and all copies were made.
 */
final class Comeback {

  private static final Logger LOG = LoggerFactory.getLogger(Comeback.class);

  private static final long LOOK_MILLIS = 100;

  private final Vertx vertx;
  private final NodeParts parts;
  private final BooleanSupplier safe;

  /** How often this node went back; what belongs to an earlier time is over. */
  private final AtomicLong times = new AtomicLong();

  /**
   * @param safe whether all copies were made since this node is back; asked from any thread
   */
  Comeback(Vertx vertx, NodeParts parts, BooleanSupplier safe) {
    this.vertx = vertx;
    this.parts = parts;
    this.safe = safe;
  }

  /**
   * This node is about to go over to the others, who have announced the end of its sessions. Called
   * by a thread of the data grid, which goes on when this returns.
   */
  void leaves() {
    times.incrementAndGet();
    parts.fence().set(Fence.Reason.RETURNING, true);
    parts.ports().connections().records().forEach(this::end);
  }

  /** This node is with the others again. Called by any thread. */
  void begin() {
    long time = times.get();
    parts.context().runOnContext(hop -> renew(time));
  }

  private void renew(long time) {
    if (time != times.get()) {
      return;
    }
    if (!parts.membership().renew()) {
      vertx.setTimer(LOOK_MILLIS, later -> renew(time));
      return;
    }
    var now = parts.membership().self().incarnation();
    parts.presence().renew(now);
    parts
        .links()
        .renew()
        .onComplete(
            renewed -> {
              parts.feed().checkAll();
              look(time, now);
            });
  }

  /** Looks again and again, until nothing is left to wait for. */
  private void look(long time, Incarnation now) {
    var former = former(now);
    former.forEach(this::end);
    parts
        .links()
        .test()
        .onComplete(
            tested -> {
              if (time != times.get()) {
                return;
              }
              if (tested.succeeded()
                  && tested.result().well()
                  && former.isEmpty()
                  && safe.getAsBoolean()) {
                arrived(time, now);
              } else {
                vertx.setTimer(LOOK_MILLIS, later -> look(time, now));
              }
            });
  }

  private void arrived(long time, Incarnation now) {
    parts.fence().set(Fence.Reason.RETURNING, false);
    if (time == times.get()) {
      LOG.info("This node serves again, as incarnation {}", now);
    } else {
      // Just now it has begun to go back once more.
      parts.fence().set(Fence.Reason.RETURNING, true);
    }
  }

  /** Sessions that began before: one that was just opened may have been overlooked. */
  private List<SessionRecord> former(Incarnation now) {
    return parts.ports().connections().records().stream()
        .filter(session -> !session.owner().equals(now))
        .toList();
  }

  private void end(SessionRecord session) {
    parts.ports().connections().end(session.id(), EndReason.EXPIRED);
  }
}
