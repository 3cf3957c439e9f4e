package dev.carillon.heartbeat;

import dev.carillon.hub.Beats;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership.Change;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionEnded;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the {@link SessionTable} while this node is the oldest that runs a heartbeat, and does
 * nothing otherwise. What is known is rebuilt from the table and from snapshots by whoever takes
 * over, so that nothing is handed on.
 */
public final class HeartbeatVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatVerticle.class);

  private final HeartbeatOptions options;
  private final Ports ports;
  private final NodeNames names = new NodeNames();
  private final TableWriter writer;
  private final TableMender mender;

  // Confined to the event loop of this verticle, and so are the names. The table is there while
  // this one is active.
  private @Nullable SessionTable table;
  private boolean isTakingOver;
  private boolean isWriting;
  private boolean isStopped;

  public HeartbeatVerticle(HeartbeatOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
    this.writer = new TableWriter(ports, options.rowsPerWrite(), names);
    this.mender = new TableMender(ports.sessions());
  }

  @Override
  public Future<?> start() {
    ports
        .links()
        .onMessage(SessionBeat.class, (from, beat) -> context.runOnContext(go -> beat(beat)));
    ports.membership().nodes().forEach(names::saw);
    ports.membership().listen((change, node) -> context.runOnContext(go -> changed(change, node)));
    vertx.setPeriodic(options.writeInterval().toMillis(), timer -> look());
    vertx.setPeriodic(options.reconcileInterval().toMillis(), timer -> reconcile());
    decideRole();
    return Future.succeededFuture();
  }

  /** What comes until this node has left is for its successor to find out. */
  @Override
  public Future<?> stop() {
    isStopped = true;
    table = null;
    return Future.succeededFuture();
  }

  private void changed(Change change, NodeInfo node) {
    names.saw(node);
    SessionTable current = table;
    if (current != null && change == Change.JOINED) {
      current.joined(node.incarnation(), System.nanoTime());
    }
    if (current != null && change == Change.LEFT) {
      current.left(node.incarnation());
      write();
    }
    decideRole();
  }

  private void beat(SessionBeat beat) {
    SessionTable current = table;
    if (current != null) {
      ask(current, current.beat(beat, System.nanoTime()));
    }
  }

  private void ask(SessionTable current, @Nullable Wanted wanted) {
    if (wanted == null) {
      return;
    }
    ports
        .links()
        .query(wanted.owner(), wanted.request(), SessionSnapshotChunk.class)
        .onSuccess(chunk -> chunk(current, wanted.owner(), chunk))
        .onFailure(silence -> current.unanswered(wanted));
  }

  private void chunk(SessionTable current, Incarnation owner, SessionSnapshotChunk chunk) {
    if (current == table) {
      ask(current, current.chunk(owner, chunk, System.nanoTime()));
      remind(current, owner);
    }
  }

  /** An owner that is heard again after its sessions expired may not have heard that. */
  private void remind(SessionTable current, Incarnation owner) {
    Set<String> expired = current.expired(owner);
    if (!expired.isEmpty() && current.isKnown(owner)) {
      List<String> ids = List.copyOf(expired);
      ports.links().send(owner, new SessionEnded(owner, Reason.EXPIRED, ids));
    }
  }

  private void look() {
    decideRole();
    SessionTable current = table;
    if (current != null) {
      current.look(System.nanoTime());
      write();
    }
  }

  private void decideRole() {
    boolean isOldest =
        ports
            .membership()
            .oldestRunning(Beats.HEARTBEAT)
            .map(oldest -> oldest.incarnation().equals(ports.membership().self().incarnation()))
            .orElse(false);
    if (!isOldest && table != null) {
      LOG.info("Another node keeps the table of connections now: it is older");
      table = null;
    }
    if (isOldest && table == null && !isTakingOver && !isStopped) {
      takeOver();
    }
  }

  private void takeOver() {
    isTakingOver = true;
    SessionTable fresh = new SessionTable(options.lease().toNanos(), System.nanoTime());
    ports
        .sessions()
        .countByOwner()
        .compose(counts -> inherit(fresh, counts.keySet()))
        .onSuccess(owners -> begin(fresh, owners))
        .onFailure(failure -> LOG.warn("Cannot read the table yet: {}", failure.toString()))
        .onComplete(done -> isTakingOver = false);
  }

  private Future<Collection<Incarnation>> inherit(
      SessionTable fresh, Collection<Incarnation> owners) {
    Future<Void> all = Future.succeededFuture();
    for (Incarnation owner : owners) {
      all = all.compose(before -> inherit(fresh, owner));
    }
    return all.map(owners);
  }

  private Future<Void> inherit(SessionTable fresh, Incarnation owner) {
    return ports
        .sessions()
        .idsOf(owner)
        .onSuccess(ids -> fresh.inherit(owner, ids, System.nanoTime()))
        .mapEmpty();
  }

  private void begin(SessionTable fresh, Collection<Incarnation> owners) {
    if (isStopped) {
      return;
    }
    Set<Incarnation> live = live();
    live.forEach(member -> fresh.joined(member, System.nanoTime()));
    owners.stream().filter(owner -> !live.contains(owner)).forEach(fresh::left);
    table = fresh;
    if (owners.isEmpty()) {
      LOG.debug("This node keeps the table of connections");
    } else {
      LOG.info("This node keeps the table of connections now, with those of {}", said(owners));
    }
    decideRole();
    write();
  }

  private String said(Collection<Incarnation> owners) {
    return owners.stream().map(names::of).sorted().collect(Collectors.joining(", "));
  }

  private void write() {
    SessionTable current = table;
    if (isWriting || current == null || !current.hasChanges()) {
      return;
    }
    isWriting = true;
    TableChanges changes = current.take();
    writer
        .write(changes)
        .onFailure(failure -> LOG.warn("Cannot write sessions yet: {}", failure.toString()))
        .onFailure(failure -> current.takeBack(changes))
        .onComplete(done -> isWriting = false);
  }

  private void reconcile() {
    SessionTable current = table;
    if (isWriting || current == null || current.hasChanges()) {
      return;
    }
    Set<Incarnation> live = live();
    live.forEach(owner -> remind(current, owner));
    isWriting = true;
    mender
        .mend(current, live)
        .onFailure(failure -> LOG.warn("Cannot compare sessions yet: {}", failure.toString()))
        .onComplete(done -> isWriting = false);
  }

  private Set<Incarnation> live() {
    return ports.membership().nodes().stream()
        .map(NodeInfo::incarnation)
        .collect(Collectors.toSet());
  }
}
