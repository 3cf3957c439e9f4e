package dev.carillon.port;

import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The table of sessions in the memory of one process. */
public final class MemorySessions implements SessionRegistry {

  private final Map<String, SessionRecord> rows = new ConcurrentHashMap<>();

  @Override
  public Future<Void> put(Collection<SessionRecord> changed) {
    changed.forEach(row -> rows.put(row.id(), row));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> remove(Collection<String> ids) {
    ids.forEach(rows::remove);
    return Future.succeededFuture();
  }

  @Override
  public Future<SessionPage> query(SessionQuery query) {
    SessionOrder order = new SessionOrder(query);
    List<SessionRecord> matching = rows.values().stream().filter(order::matches).toList();
    List<SessionRecord> page =
        matching.stream().filter(order::isAfterCursor).sorted(order).limit(query.limit()).toList();
    return Future.succeededFuture(new SessionPage(page, rows.size(), matching.size()));
  }

  @Override
  public Future<Set<String>> idsOf(Incarnation owner) {
    return Future.succeededFuture(
        rows.values().stream()
            .filter(row -> row.owner().equals(owner))
            .map(SessionRecord::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public Future<Map<Incarnation, Integer>> countByOwner() {
    return Future.succeededFuture(
        rows.values().stream()
            .collect(Collectors.groupingBy(SessionRecord::owner, Collectors.summingInt(row -> 1))));
  }

  @Override
  public Future<List<SessionRecord>> find(Collection<String> ids) {
    return Future.succeededFuture(
        ids.stream().map(rows::get).filter(Objects::nonNull).map(row -> row).toList());
  }
}
