package dev.carillon.hub;

import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.Ports;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionEnded;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the active session-heartbeat once a second what happened to this process's connections, and
 * ends connections when the cluster says so. Runs in every process, also in those without a
 * heartbeat of their own.
 */
public final class Beats extends VerticleBase {

  /** Name of the verticle that listens to beats; of several, the one on the oldest node. */
  public static final String HEARTBEAT = "session-heartbeat";

  private static final Logger LOG = LoggerFactory.getLogger(Beats.class);

  private final BeatOptions options;
  private final Ports ports;

  // Touched by the ordered blocking calls of this verticle's context only: walking through a
  // hundred thousand connections takes longer than an event loop can wait.
  private SessionLedger ledger;

  // Confined to the event loop of this verticle.
  private boolean isBeating;

  public Beats(BeatOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
    this.ledger = new SessionLedger(ports.membership().self().incarnation(), options);
  }

  @Override
  public Future<?> start() {
    ports.links().onQuery(SessionSnapshotRequest.class, this::chunk);
    ports.links().onMessage(SessionEnded.class, (from, ended) -> ended(ended));
    ports.links().onMessage(DisconnectSession.class, (from, order) -> disconnect(order));
    vertx.setPeriodic(options.beatInterval().toMillis(), timer -> beat());
    return Future.succeededFuture();
  }

  /** Sends a last beat, so that sessions that were closed in order are not taken for killed. */
  @Override
  public Future<?> stop() {
    return send();
  }

  private void beat() {
    if (isBeating) {
      return;
    }
    isBeating = true;
    send()
        .onFailure(failure -> LOG.warn("No beat was sent: {}", failure.toString()))
        .onComplete(done -> isBeating = false);
  }

  private Future<Void> send() {
    return context.executeBlocking(this::next, true).map(this::send);
  }

  /** Of this incarnation only: what is left of the one before has been ended for all others. */
  private SessionBeat next() {
    var self = ports.membership().self().incarnation();
    if (!ledger.owner().equals(self)) {
      ledger = new SessionLedger(self, options);
    }
    return ledger.beat(
        ports.connections().records().stream().filter(row -> row.owner().equals(self)).toList());
  }

  private Void send(SessionBeat beat) {
    ports
        .membership()
        .oldestRunning(HEARTBEAT)
        .ifPresent(active -> ports.links().send(active.incarnation(), beat));
    return null;
  }

  private Future<SessionSnapshotChunk> chunk(SessionSnapshotRequest request) {
    return context.executeBlocking(() -> ledger.chunk(request), true);
  }

  private void ended(SessionEnded ended) {
    boolean isOurs = ended.owner().equals(ports.membership().self().incarnation());
    if (!isOurs || ended.reason() == Reason.CLOSED) {
      return;
    }
    LOG.warn(
        "{} sessions ended: the cluster did not hear from this node ({})",
        ended.ids().size(),
        ended.reason());
    ended.ids().forEach(id -> ports.connections().end(id, EndReason.EXPIRED));
  }

  private void disconnect(DisconnectSession order) {
    boolean wasHere = ports.connections().end(order.id(), EndReason.OPERATOR);
    LOG.info("{} disconnects {} (here: {})", order.operator(), order.id(), wasHere);
  }
}
