package dev.carillon.heartbeat;

import dev.carillon.heartbeat.TableChanges.End;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionChange;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.wire.Incarnation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one process, followed beat by beat. Beats are applied in order only; after a gap,
 * a wrong count or a takeover a snapshot replaces what is known, and the beats that came meanwhile
 * follow it. Pure, not safe for several threads.
 */
final class OwnerSessions {

  /** Beats kept while a snapshot is on its way; more than a snapshot can take in seconds. */
  private static final int MAX_LATER = 64;

  private final Incarnation owner;
  private final Map<String, SessionRecord> rows = new HashMap<>();

  /** Ids that the table held when this side took over and that no snapshot confirmed yet. */
  private final Set<String> inherited = new HashSet<>();

  /** Ids whose end was announced although their owner still counts them. */
  private final Set<String> expired = new HashSet<>();

  private final ArrayDeque<SessionBeat> later = new ArrayDeque<>();
  private final Map<String, SessionRecord> arriving = new HashMap<>();
  private long heardAt;
  private long sequence;
  private boolean isSynced;
  private @Nullable SessionSnapshotRequest asked;

  OwnerSessions(Incarnation owner, long now) {
    this.owner = owner;
    this.heardAt = now;
  }

  void inherit(Set<String> ids) {
    inherited.addAll(ids);
  }

  /** Follows a beat; says whether a snapshot is needed now. */
  boolean beat(SessionBeat beat, long now, TableChanges changes) {
    heardAt = Math.max(heardAt, now);
    if (!isSynced) {
      keep(beat);
    } else if (beat.sequence() == sequence + 1) {
      apply(beat, changes);
    } else if (beat.sequence() > sequence) {
      isSynced = false;
      keep(beat);
    }
    return !isSynced && asked == null;
  }

  SessionSnapshotRequest ask(long snapshot) {
    arriving.clear();
    SessionSnapshotRequest first = new SessionSnapshotRequest(snapshot, 0);
    asked = first;
    return first;
  }

  /** The question was not answered; the next beat asks again. */
  void unanswered(SessionSnapshotRequest request) {
    if (request.equals(asked)) {
      asked = null;
    }
  }

  /** Takes a part of a snapshot; the next question, or null when it is complete or of no use. */
  @Nullable SessionSnapshotRequest chunk(
      SessionSnapshotChunk chunk, long now, TableChanges changes) {
    if (asked == null || asked.snapshot() != chunk.snapshot() || asked.part() != chunk.part()) {
      return null;
    }
    heardAt = Math.max(heardAt, now);
    asked = null;
    if (chunk.parts() == 0) {
      return null;
    }
    chunk.rows().forEach(row -> arriving.put(row.id(), row));
    if (chunk.part() + 1 < chunk.parts()) {
      asked = new SessionSnapshotRequest(chunk.snapshot(), chunk.part() + 1);
      return asked;
    }
    replace(chunk.sequence(), changes);
    return null;
  }

  /** All sessions end. */
  void end(Reason reason, TableChanges changes) {
    Set<String> all = new HashSet<>(rows.keySet());
    all.addAll(inherited);
    all.forEach(id -> changes.end(id, new End(owner, reason)));
    if (reason == Reason.EXPIRED) {
      expired.addAll(all);
    }
    rows.clear();
    inherited.clear();
    later.clear();
    isSynced = false;
    asked = null;
  }

  /** Ids that ended but that their owner, which is heard again, still holds. */
  Set<String> expired() {
    return expired;
  }

  /** Time passed in which nobody could have been heard. */
  void forgive(long nanos) {
    heardAt += nanos;
  }

  boolean isSilent(long now, long leaseNanos) {
    return now - heardAt > leaseNanos;
  }

  boolean isSynced() {
    return isSynced;
  }

  int count() {
    return rows.size() + inherited.size();
  }

  /** Compares with the ids that the table holds, and lists what has to be mended. */
  void reconcile(Set<String> stored, TableChanges changes) {
    for (SessionRecord row : rows.values()) {
      if (!stored.contains(row.id())) {
        changes.put(row);
      }
    }
    stored.stream().filter(id -> !rows.containsKey(id)).forEach(changes::leftover);
  }

  private void keep(SessionBeat beat) {
    if (later.size() == MAX_LATER) {
      later.removeFirst();
    }
    later.addLast(beat);
  }

  private void apply(SessionBeat beat, TableChanges changes) {
    sequence = beat.sequence();
    for (String id : beat.ended()) {
      if (rows.remove(id) != null) {
        changes.end(id, new End(owner, Reason.CLOSED));
      }
      expired.remove(id);
    }
    for (SessionChange change : beat.changed()) {
      SessionRecord row = rows.get(change.id());
      if (row != null) {
        store(row.withStats(change.stats()), changes);
      }
    }
    beat.opened().forEach(row -> store(row, changes));
    isSynced = rows.size() + expired.size() == beat.count();
  }

  private void store(SessionRecord row, TableChanges changes) {
    rows.put(row.id(), row);
    changes.put(row);
  }

  private void replace(long snapshotSequence, TableChanges changes) {
    expired.retainAll(arriving.keySet());
    arriving.keySet().removeAll(expired);
    inherited.addAll(rows.keySet());
    inherited.removeAll(arriving.keySet());
    inherited.forEach(id -> changes.end(id, new End(owner, Reason.CLOSED)));
    inherited.clear();
    Map<String, SessionRecord> before = new HashMap<>(rows);
    rows.clear();
    for (SessionRecord row : arriving.values()) {
      rows.put(row.id(), row);
      if (!row.equals(before.get(row.id()))) {
        changes.put(row);
      }
    }
    arriving.clear();
    sequence = snapshotSequence;
    isSynced = true;
    List<SessionBeat> waiting = List.copyOf(later);
    later.clear();
    waiting.forEach(beat -> beat(beat, heardAt, changes));
  }
}
