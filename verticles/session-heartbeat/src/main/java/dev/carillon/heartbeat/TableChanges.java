package dev.carillon.heartbeat;

import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What has to be written to the table and announced: the last state of each row, once. Not safe for
 * several threads.
 */
final class TableChanges {

  /** Whose session ended, and why. */
  record End(Incarnation owner, Reason reason) {}

  private final Map<String, SessionRecord> puts = new LinkedHashMap<>();
  private final Map<String, End> ends = new LinkedHashMap<>();
  private final Set<String> leftovers = new LinkedHashSet<>();

  /** Rows to write. */
  Collection<SessionRecord> puts() {
    return puts.values();
  }

  /** Ended sessions: their rows go, then their end is announced. */
  Map<String, End> ends() {
    return ends;
  }

  /** Rows to remove without a word, because the end of their session was announced before. */
  Set<String> leftovers() {
    return leftovers;
  }

  boolean isEmpty() {
    return puts.isEmpty() && ends.isEmpty() && leftovers.isEmpty();
  }

  /** These rows are in the table now. */
  void written(Collection<SessionRecord> rows) {
    rows.forEach(row -> puts.remove(row.id()));
  }

  /** These rows are gone from the table now. */
  void removed(Collection<String> ids) {
    ids.forEach(ends::remove);
    ids.forEach(leftovers::remove);
  }

  void put(SessionRecord row) {
    // An id is never used twice, so a row that comes after the end of its session is a late one.
    if (!ends.containsKey(row.id())) {
      leftovers.remove(row.id());
      puts.put(row.id(), row);
    }
  }

  void end(String id, End end) {
    puts.remove(id);
    leftovers.remove(id);
    ends.putIfAbsent(id, end);
  }

  void leftover(String id) {
    if (!ends.containsKey(id) && !puts.containsKey(id)) {
      leftovers.add(id);
    }
  }

  /** Takes changes back that could not be written; what happened since then is newer. */
  void takeBack(TableChanges unwritten) {
    unwritten.ends.forEach(this::end);
    unwritten.leftovers.forEach(this::leftover);
    for (SessionRecord row : unwritten.puts()) {
      if (!ends.containsKey(row.id()) && !leftovers.contains(row.id())) {
        puts.putIfAbsent(row.id(), row);
      }
    }
  }
}
