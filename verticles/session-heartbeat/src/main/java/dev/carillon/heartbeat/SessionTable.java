package dev.carillon.heartbeat;

import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.wire.Incarnation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions there are, as the active heartbeat knows it. Takes what happened and collects what
 * has to be written and announced; every session ends at most once. Pure: time is an argument, in
 * nanoseconds of the observer's own monotonic clock. Not safe for several threads.
 */
final class SessionTable {

  /** The observer looks at least so often; time beyond that it was not looking. */
  private static final long MAX_LOOK_NANOS = 2_000_000_000L;

  private final long leaseNanos;
  private final Map<Incarnation, OwnerSessions> owners = new HashMap<>();
  private TableChanges changes = new TableChanges();
  private long lookedAt;
  private long snapshots;

  /**
   * @param leaseNanos how long a member may send nothing before its sessions end
   * @param now when this table begins to look
   */
  SessionTable(long leaseNanos, long now) {
    this.leaseNanos = leaseNanos;
    this.lookedAt = now;
  }

  /** A process is a member; what it says counts from now on. Saying so twice changes nothing. */
  void joined(Incarnation owner, long now) {
    owners.computeIfAbsent(owner, added -> new OwnerSessions(added, now));
  }

  /** What the table held for this owner when this side took over. */
  void inherit(Incarnation owner, Set<String> ids, long now) {
    joined(owner, now);
    owner(owner).inherit(ids);
  }

  /** The process is no member any more: its sessions end, and nothing it said late counts. */
  void left(Incarnation owner) {
    OwnerSessions gone = owners.remove(owner);
    if (gone != null) {
      gone.end(Reason.OWNER_LEFT, changes);
    }
  }

  /** Follows a beat; a question to ask, or null. Beats of strangers are ignored. */
  @Nullable Wanted beat(SessionBeat beat, long now) {
    OwnerSessions sessions = owners.get(beat.owner());
    if (sessions == null || !sessions.beat(beat, now, changes)) {
      return null;
    }
    snapshots++;
    return new Wanted(beat.owner(), sessions.ask(snapshots));
  }

  /** Takes an answer; the next question, or null. */
  @Nullable Wanted chunk(Incarnation owner, SessionSnapshotChunk chunk, long now) {
    OwnerSessions sessions = owners.get(owner);
    SessionSnapshotRequest next = sessions == null ? null : sessions.chunk(chunk, now, changes);
    return next == null ? null : new Wanted(owner, next);
  }

  void unanswered(Wanted wanted) {
    OwnerSessions sessions = owners.get(wanted.owner());
    if (sessions != null) {
      sessions.unanswered(wanted.request());
    }
  }

  /**
   * Ends the sessions of members that were silent for longer than the lease. Time in which this
   * side itself stood still (a pause of the process, a blocked event loop) does not count: then it
   * was the observer who was silent.
   */
  void look(long now) {
    long stoodStill = now - lookedAt - MAX_LOOK_NANOS;
    lookedAt = now;
    for (OwnerSessions sessions : owners.values()) {
      if (stoodStill > 0) {
        sessions.forgive(stoodStill);
      }
      if (sessions.isSilent(now, leaseNanos) && sessions.count() > 0) {
        sessions.end(Reason.EXPIRED, changes);
      }
    }
  }

  /** Everything to be written and announced since the last call. */
  TableChanges take() {
    TableChanges taken = changes;
    changes = new TableChanges();
    return taken;
  }

  /** Changes that could not be written come back with the next {@link #take}. */
  void takeBack(TableChanges unwritten) {
    changes.takeBack(unwritten);
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  /** Whether the table should hold exactly what is known about this owner. */
  boolean isKnown(Incarnation owner) {
    OwnerSessions sessions = owners.get(owner);
    return sessions != null && sessions.isSynced();
  }

  /** Sessions of this owner that should be in the table. */
  int count(Incarnation owner) {
    OwnerSessions sessions = owners.get(owner);
    return sessions == null ? 0 : sessions.count();
  }

  /** Mends the table, which holds these ids for a known owner. */
  void reconcile(Incarnation owner, Set<String> stored) {
    if (isKnown(owner)) {
      owner(owner).reconcile(stored, changes);
    }
  }

  /** Rows of somebody who is no member any more; the end of their sessions was announced before. */
  void strangers(Set<String> stored) {
    stored.forEach(changes::leftover);
  }

  /** Ids that ended although this owner still holds them; it has to be told again. */
  Set<String> expired(Incarnation owner) {
    OwnerSessions sessions = owners.get(owner);
    return sessions == null ? Set.of() : Set.copyOf(sessions.expired());
  }

  private OwnerSessions owner(Incarnation owner) {
    OwnerSessions sessions = owners.get(owner);
    if (sessions == null) {
      throw new IllegalStateException(owner + " (expected: a member)");
    }
    return sessions;
  }
}
