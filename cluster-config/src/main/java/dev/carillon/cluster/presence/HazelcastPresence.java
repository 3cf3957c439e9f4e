package dev.carillon.cluster.presence;

import dev.carillon.broker.Hops;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.PresenceManager;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Presence in the map {@code carillon.presence}. Safe to call from any thread.
 *
 * <p>The owner of a channel answers with the clients of those nodes that the asking node sees in
 * the cluster; so a dead node's clients are gone from every answer as soon as its death is known.
 */
public final class HazelcastPresence implements PresenceManager {

  private final Vertx vertx;
  private final Hops hops;
  private final PresenceGrid grid;
  private final Membership membership;
  private final List<PresenceLoop> loops;

  /**
   * @param leave tells all nodes of a client whose removal took longer than its caller waited
   * @param contexts on different event loops, on which the channels are spread by hash
   */
  public HazelcastPresence(
      Vertx vertx,
      PresenceGrid grid,
      Membership membership,
      BiConsumer<String, ClientInfo> leave,
      List<Context> contexts) {
    this.vertx = vertx;
    this.hops = new Hops(vertx);
    this.grid = grid;
    this.membership = membership;
    var self = membership.self().incarnation();
    this.loops =
        contexts.stream()
            .map(context -> new PresenceLoop(vertx, context, grid, self, leave))
            .toList();
  }

  @Override
  public Future<Void> add(String channel, ClientInfo info, boolean announced) {
    var loop = loopOf(channel);
    return hops.call(loop.context(), () -> loop.add(channel, new Present(info, announced)));
  }

  @Override
  public Future<Boolean> remove(String channel, String client) {
    var loop = loopOf(channel);
    return hops.call(loop.context(), () -> loop.remove(channel, client));
  }

  @Override
  public Future<Map<String, ClientInfo>> presence(String channel) {
    return ask(() -> grid.map().submitToKey(channel, new ReadPresence(live())))
        .map(presence -> presence == null ? Map.of() : presence.infos());
  }

  @Override
  public Future<PresenceStats> stats(String channel) {
    return ask(() -> grid.map().submitToKey(channel, new CountPresence(live())))
        .map(count -> count == null ? new PresenceStats(0, 0) : count.stats());
  }

  /** Begins to follow the membership, and to look after what was told. */
  public void open() {
    membership.listen(
        (change, node) -> {
          if (change == Membership.Change.LEFT) {
            onLoops(loop -> loop.lost(node.incarnation()));
          }
        });
    onLoops(PresenceLoop::open);
  }

  /** Tells the owners again who is here where they do not know it: copies may have been lost. */
  public void refresh() {
    onLoops(PresenceLoop::refresh);
  }

  /** Forgets all clients of this node, which others have taken out, and goes on as another one. */
  public void renew(Incarnation incarnation) {
    onLoops(loop -> loop.renew(incarnation));
  }

  private void onLoops(Consumer<PresenceLoop> action) {
    loops.forEach(loop -> loop.context().runOnContext(hop -> action.accept(loop)));
  }

  /** Takes all clients of this node out; succeeds when the owners know. */
  public Future<Void> close() {
    var closed = loops.stream().map(loop -> hops.call(loop.context(), loop::close)).toList();
    return Future.join(closed).mapEmpty();
  }

  private <T> Future<T> ask(Supplier<CompletionStage<T>> question) {
    var context = vertx.getOrCreateContext();
    return Future.succeededFuture()
        .compose(begin -> Future.fromCompletionStage(question.get(), context));
  }

  private Set<Incarnation> live() {
    return membership.nodes().stream()
        .map(NodeInfo::incarnation)
        .collect(Collectors.toUnmodifiableSet());
  }

  private PresenceLoop loopOf(String channel) {
    return loops.get(Math.floorMod(channel.hashCode(), loops.size()));
  }
}
