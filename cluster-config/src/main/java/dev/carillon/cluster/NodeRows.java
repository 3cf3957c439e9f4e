package dev.carillon.cluster;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The map {@code carillon.nodes}, in which every node tells its public URLs, as far as it is known
 * here. This node writes its row until that has succeeded.
 */
final class NodeRows
    implements EntryAddedListener<String, StoredNode>, EntryUpdatedListener<String, StoredNode> {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRows.class);

  private final HazelcastInstance hazelcast;
  private final IMap<String, StoredNode> rows;
  private final Context context;
  private final Runnable changed;

  // Owned by the event loop of `context`.
  private final Map<Incarnation, List<String>> urls = new HashMap<>();
  private final Set<Incarnation> asked = new HashSet<>();
  private @Nullable StoredNode announced;
  private @Nullable StoredNode stored;
  private boolean isStoring;

  /**
   * @param changed called on the event loop of the context when a row became known
   */
  NodeRows(HazelcastInstance hazelcast, Context context, Runnable changed) {
    this.hazelcast = hazelcast;
    this.rows = hazelcast.getMap(HazelcastConfigs.NODES);
    this.context = context;
    this.changed = changed;
  }

  /** Begins to listen. */
  Future<Void> open(Vertx vertx) {
    return vertx.executeBlocking(() -> rows.addEntryListener(this, true), false).mapEmpty();
  }

  /** Whether the row of this node is known. */
  boolean has(Incarnation node) {
    return urls.containsKey(node);
  }

  List<String> urlsOf(Incarnation node) {
    return urls.getOrDefault(node, List.of());
  }

  /** Only these are nodes now. */
  void retain(Collection<Incarnation> nodes) {
    urls.keySet().retainAll(nodes);
  }

  void announce(List<String> publicUrls) {
    announced = new StoredNode(publicUrls);
  }

  /** The row of this node may have been lost, or its key is another one now. */
  void announceAgain(Incarnation self) {
    var row = announced;
    if (row != null) {
      announced = new StoredNode(row.publicUrls());
      urls.put(self, row.publicUrls());
    }
  }

  /** Writes the row of this node when it is not there yet. */
  void store(Incarnation self) {
    var row = announced;
    if (row == null || row == stored || isStoring || !hazelcast.getLifecycleService().isRunning()) {
      return;
    }
    isStoring = true;
    call(() -> rows.setAsync(self.toString(), row))
        .onSuccess(done -> stored = row)
        .onFailure(failed -> LOG.debug("The public URLs are told again", failed))
        .onComplete(done -> isStoring = false);
  }

  /** Asks for the rows of those nodes that have none here; succeeds when all were answered. */
  Future<Void> ask(Collection<Incarnation> nodes) {
    var unknown = new HashSet<>(nodes);
    unknown.removeAll(urls.keySet());
    unknown.removeAll(asked);
    return Future.join(unknown.stream().map(this::ask).toList()).otherwiseEmpty().mapEmpty();
  }

  private Future<Void> ask(Incarnation node) {
    asked.add(node);
    return call(() -> rows.getAsync(node.toString()))
        .onComplete(done -> asked.remove(node))
        .onSuccess(
            row -> {
              if (row != null) {
                known(node, row);
              }
            })
        .mapEmpty();
  }

  Future<Void> remove(Incarnation node) {
    return call(() -> rows.removeAsync(node.toString())).mapEmpty();
  }

  @Override
  public void entryAdded(EntryEvent<String, StoredNode> event) {
    context.runOnContext(hop -> known(Incarnation.parse(event.getKey()), event.getValue()));
  }

  @Override
  public void entryUpdated(EntryEvent<String, StoredNode> event) {
    context.runOnContext(hop -> known(Incarnation.parse(event.getKey()), event.getValue()));
  }

  /** Calls the data grid, which throws at once when a gateway is all that is left. */
  private <T> Future<T> call(Supplier<CompletionStage<T>> operation) {
    return Future.succeededFuture()
        .compose(go -> Future.fromCompletionStage(operation.get(), context));
  }

  private void known(Incarnation node, StoredNode row) {
    urls.put(node, row.publicUrls());
    changed.run();
  }
}
