package dev.carillon.hub;

import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionChange;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this process has told the cluster about its sessions. Pure; not safe for several threads.
 *
 * <p>Sequence numbers, counts and snapshots speak of what was told, not of what is: a storm of new
 * sessions is told in several beats, and every one of them is consistent in itself.
 */
public final class SessionLedger {

  private final Incarnation owner;
  private final BeatOptions options;

  /** The rows as they were last told; those that were told longest ago come first. */
  private final LinkedHashMap<String, SessionRecord> told = new LinkedHashMap<>();

  private long sequence;
  private long snapshot = -1;
  private long snapshotSequence;
  private List<SessionRecord> frozen = List.of();

  public SessionLedger(Incarnation owner, BeatOptions options) {
    this.owner = owner;
    this.options = options;
  }

  public Incarnation owner() {
    return owner;
  }

  /** The next beat, given all sessions as they are now. */
  public SessionBeat beat(List<SessionRecord> now) {
    Map<String, SessionRecord> live = new HashMap<>();
    now.forEach(row -> live.put(row.id(), row));
    List<String> ended = takeEnded(live);
    List<SessionChange> changed = takeChanged(live);
    List<SessionRecord> opened = takeOpened(now);
    sequence++;
    return new SessionBeat(owner, sequence, told.size(), opened, changed, ended);
  }

  /** One part of all that was told; part 0 freezes it. */
  public SessionSnapshotChunk chunk(SessionSnapshotRequest request) {
    if (request.part() == 0) {
      snapshot = request.snapshot();
      snapshotSequence = sequence;
      frozen = List.copyOf(told.values());
    }
    int parts = Math.max(1, -Math.floorDiv(-frozen.size(), options.snapshotPartRows()));
    if (request.snapshot() != snapshot || request.part() >= parts) {
      return SessionSnapshotChunk.gone(request);
    }
    int from = request.part() * options.snapshotPartRows();
    int to = Math.min(frozen.size(), from + options.snapshotPartRows());
    var chunk =
        new SessionSnapshotChunk(
            snapshot, snapshotSequence, request.part(), parts, frozen.subList(from, to));
    if (request.part() == parts - 1) {
      frozen = List.of();
      snapshot = -1;
    }
    return chunk;
  }

  private List<String> takeEnded(Map<String, SessionRecord> live) {
    List<String> ended =
        told.keySet().stream()
            .filter(id -> !live.containsKey(id))
            .limit(options.endedPerBeat())
            .toList();
    ended.forEach(told::remove);
    return ended;
  }

  private List<SessionChange> takeChanged(Map<String, SessionRecord> live) {
    List<SessionRecord> changed = new ArrayList<>();
    for (SessionRecord before : told.values()) {
      SessionRecord row = live.get(before.id());
      if (row != null && !row.stats().equals(before.stats())) {
        // Who the client is now may have to be told anew, which is not done here.
        changed.add(isNews(row) ? before.withStats(row.stats()) : row);
      }
      if (changed.size() == options.changesPerBeat()) {
        break;
      }
    }
    for (SessionRecord row : changed) {
      // Back to the end of the line, so that all take turns.
      told.remove(row.id());
      told.put(row.id(), row);
    }
    return changed.stream().map(row -> new SessionChange(row.id(), row.stats())).toList();
  }

  private List<SessionRecord> takeOpened(List<SessionRecord> now) {
    List<SessionRecord> opened =
        now.stream().filter(this::isNews).limit(options.openedPerBeat()).toList();
    opened.forEach(row -> told.put(row.id(), row));
    return opened;
  }

  /** A client may say who it is long after its socket was told about: it is then told anew. */
  private boolean isNews(SessionRecord row) {
    SessionRecord before = told.get(row.id());
    return before == null
        || !before.user().equals(row.user())
        || !before.client().equals(row.client());
  }
}
