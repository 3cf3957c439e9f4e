package dev.carillon.port;

import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cluster's table of sessions. Written by the active session-heartbeat only. */
public interface SessionRegistry {

  /** Adds or replaces rows. */
  Future<Void> put(Collection<SessionRecord> rows);

  Future<Void> remove(Collection<String> ids);

  /** A sorted, filtered page; the scan runs where the rows are. */
  Future<SessionPage> query(SessionQuery query);

  /** Ids of all rows of one owner. */
  Future<Set<String>> idsOf(Incarnation owner);

  /** Number of rows for each owner. */
  Future<Map<Incarnation, Integer>> countByOwner();

  /** Rows of these ids that exist. */
  Future<List<SessionRecord>> find(Collection<String> ids);
}
