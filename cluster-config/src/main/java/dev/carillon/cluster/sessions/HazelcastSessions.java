package dev.carillon.cluster.sessions;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.carillon.port.SessionRegistry;
import dev.carillon.sessions.SessionPage;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The table of sessions in the map {@code carillon.sessions}. Safe to call from any thread. Changes
 * use Hazelcast's asynchronous calls; questions that go through all rows have none, and wait on
 * threads of their own, so that the console never takes a thread from anybody else.
 */
public final class HazelcastSessions implements SessionRegistry {

  /** Questions at the same time; more wait in line. */
  private static final int THREADS = 2;

  private final Vertx vertx;
  private final IMap<String, StoredSession> map;
  private final WorkerExecutor questions;

  /**
   * @param map its name
   */
  public HazelcastSessions(Vertx vertx, HazelcastInstance hazelcast, String map) {
    this.vertx = vertx;
    this.map = hazelcast.getMap(map);
    this.questions = vertx.createSharedWorkerExecutor("carillon-sessions", THREADS);
  }

  @Override
  public Future<Void> put(Collection<SessionRecord> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    var values = new HashMap<String, StoredSession>();
    rows.forEach(row -> values.put(row.id(), new StoredSession(row)));
    return call(() -> map.setAllAsync(values));
  }

  @Override
  public Future<Void> remove(Collection<String> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture()
        : call(() -> map.submitToKeys(Set.copyOf(ids), new RemoveSession())).mapEmpty();
  }

  @Override
  public Future<SessionPage> query(SessionQuery query) {
    return ask(() -> map.aggregate(new QuerySessions(query)));
  }

  @Override
  public Future<Set<String>> idsOf(Incarnation owner) {
    return ask(() -> Set.copyOf(map.keySet(new SessionsOf(owner))));
  }

  @Override
  public Future<Map<Incarnation, Integer>> countByOwner() {
    return ask(() -> map.aggregate(new CountSessions()));
  }

  @Override
  public Future<List<SessionRecord>> find(Collection<String> ids) {
    return ask(
        () -> map.getAll(Set.copyOf(ids)).values().stream().map(StoredSession::row).toList());
  }

  private <T> Future<T> call(Supplier<CompletionStage<T>> call) {
    var context = vertx.getOrCreateContext();
    return Future.succeededFuture()
        .compose(begin -> Future.fromCompletionStage(call.get(), context));
  }

  private <T> Future<T> ask(Callable<T> question) {
    return questions.executeBlocking(question, false);
  }
}
