package dev.carillon.broker;

import dev.carillon.port.SessionRegistry;
import dev.carillon.sessions.SessionOrder;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of sessions in the memory of one process. */
public final class MemorySessions implements SessionRegistry {

  private final Vertx vertx;
  private final Map<String, SessionRecord> rows = new ConcurrentHashMap<>();

  public MemorySessions(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Void> put(Collection<SessionRecord> added) {
    added.forEach(row -> rows.put(row.id(), row));
    return answer(true).mapEmpty();
  }

  @Override
  public Future<Void> remove(Collection<String> ids) {
    ids.forEach(rows::remove);
    return answer(true).mapEmpty();
  }

  @Override
  public Future<SessionPage> query(SessionQuery query) {
    SessionOrder order = new SessionOrder(query);
    List<SessionRecord> matched = rows.values().stream().filter(order::matches).toList();
    List<SessionRecord> page =
        matched.stream().filter(order::isAfterCursor).sorted(order).limit(query.limit()).toList();
    return answer(new SessionPage(page, rows.size(), matched.size()));
  }

  @Override
  public Future<Set<String>> idsOf(Incarnation owner) {
    return answer(
        rows.values().stream()
            .filter(row -> row.owner().equals(owner))
            .map(SessionRecord::id)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Future<Map<Incarnation, Integer>> countByOwner() {
    return answer(
        rows.values().stream()
            .collect(Collectors.toUnmodifiableMap(SessionRecord::owner, row -> 1, Integer::sum)));
  }

  @Override
  public Future<List<SessionRecord>> find(Collection<String> ids) {
    return answer(ids.stream().flatMap(id -> Stream.ofNullable(rows.get(id))).toList());
  }

  private <T> Future<T> answer(T value) {
    return Future.fromCompletionStage(
        CompletableFuture.completedFuture(value), vertx.getOrCreateContext());
  }
}
