package dev.carillon.sessions;

import java.util.List;

/**
 * One part of all sessions of a process, as they were right after the beat with this sequence
 * number.
 *
 * @param snapshot the number that was asked for
 * @param sequence of the last beat before the snapshot
 * @param part from 0
 * @param parts how many there are, at least 1; 0 when the process does not hold this snapshot
 * @param rows of this part
 */
public record SessionSnapshotChunk(
    long snapshot, long sequence, int part, int parts, List<SessionRecord> rows) {

  public SessionSnapshotChunk {
    rows = List.copyOf(rows);
  }

  /** The answer to a question for a later part of a snapshot that was replaced meanwhile. */
  public static SessionSnapshotChunk gone(SessionSnapshotRequest request) {
    return new SessionSnapshotChunk(request.snapshot(), 0, request.part(), 0, List.of());
  }
}
