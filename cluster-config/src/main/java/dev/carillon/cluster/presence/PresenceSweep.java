package dev.carillon.cluster.presence;

import com.hazelcast.map.IMap;
import dev.carillon.channel.Leave;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Broker;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the clients of dead nodes from the channels whose owner this node is, and spreads a leave
 * for each of them that was announced. Exactly one member owns a channel, and the removal happens
 * on its partition's thread, so each leave is spread at most once.
 *
 * <p>A pass follows each death, a second one when the channels have moved to their new owners, and
 * one a minute finds what both missed: there a node counts as dead when it was not in the cluster
 * for 5 s, because one that has just joined may be known here a moment later.
 */
public final class PresenceSweep {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceSweep.class);

  /** Channels looked at in one step, a few milliseconds of the partition threads. */
  private static final int SLICE = 500;

  private static final long SLICE_PAUSE_MILLIS = 20;
  private static final long RETRY_MILLIS = 500;
  private static final long SECOND_PASS_MILLIS = 5_000;
  private static final long ROUTINE_MILLIS = 60_000;
  private static final long STRANGER_NANOS = 5_000_000_000L;

  private final Vertx vertx;
  private final Context context;
  private final IMap<String, ChannelPresence> map;
  private final Membership membership;
  private final Broker broker;

  // Owned by the event loop of `context`.
  private final Set<Incarnation> dead = new HashSet<>();
  private final Map<Incarnation, Long> strangers = new HashMap<>();
  private boolean sweeping;
  private boolean again;

  /**
   * @param context whose event loop owns the sweep
   * @param map {@code carillon.presence}
   */
  public PresenceSweep(
      Vertx vertx,
      Context context,
      IMap<String, ChannelPresence> map,
      Membership membership,
      Broker broker) {
    this.vertx = vertx;
    this.context = context;
    this.map = map;
    this.membership = membership;
    this.broker = broker;
  }

  /** Begins to follow the membership. */
  public void open() {
    membership.listen(
        (change, node) -> {
          if (change == Membership.Change.LEFT) {
            context.runOnContext(hop -> died(node.incarnation()));
          }
        });
    context.runOnContext(hop -> vertx.setPeriodic(ROUTINE_MILLIS, timer -> sweep()));
  }

  private void died(Incarnation node) {
    dead.add(node);
    sweep();
    vertx.setTimer(SECOND_PASS_MILLIS, timer -> sweep());
  }

  private void sweep() {
    if (sweeping) {
      again = true;
      return;
    }
    sweeping = true;
    again = false;
    var seen = new HashSet<Incarnation>();
    vertx
        .executeBlocking(() -> List.copyOf(map.localKeySet()), false)
        .compose(channels -> slices(channels.iterator(), seen))
        .onComplete(
            done -> finished(seen),
            failed -> {
              LOG.debug("Presence is swept again", failed);
              finished(seen);
            });
  }

  private void finished(Set<Incarnation> seen) {
    var live = live();
    dead.removeAll(live);
    seen.removeAll(live);
    strangers.keySet().retainAll(seen);
    seen.forEach(node -> strangers.putIfAbsent(node, System.nanoTime()));
    sweeping = false;
    if (again) {
      sweep();
    }
  }

  private Future<Void> slices(Iterator<String> channels, Set<Incarnation> seen) {
    var slice = new HashSet<String>();
    while (channels.hasNext() && slice.size() < SLICE) {
      slice.add(channels.next());
    }
    if (slice.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(map.submitToKeys(slice, new FindIncarnations()), context)
        .compose(found -> remove(found, seen))
        .compose(removed -> vertx.timer(SLICE_PAUSE_MILLIS))
        .compose(paused -> slices(channels, seen));
  }

  private Future<Void> remove(Map<String, @Nullable Incarnations> found, Set<Incarnation> seen) {
    var gone = gone();
    var removals = new ArrayList<Future<Void>>();
    found.forEach(
        (channel, nodes) -> {
          if (nodes != null) {
            seen.addAll(nodes.all());
            if (nodes.all().stream().anyMatch(gone::contains)) {
              removals.add(remove(channel, gone));
            }
          }
        });
    return Future.join(removals).mapEmpty();
  }

  private Future<Void> remove(String channel, Set<Incarnation> gone) {
    return read(channel, gone).compose(before -> remove(channel, gone, before));
  }

  /**
   * A removal that failed may have been made: whoever is not there any more was removed by it.
   *
   * @param before who is to be removed
   */
  private Future<Void> remove(String channel, Set<Incarnation> gone, ChannelPresence before) {
    return Future.fromCompletionStage(
            map.submitToKey(channel, new RemoveIncarnations(gone)), context)
        .map(removed -> spread(channel, removed == null ? new ChannelPresence() : removed))
        .recover(
            failed ->
                vertx
                    .timer(RETRY_MILLIS)
                    .compose(later -> read(channel, gone))
                    .compose(after -> removeAgain(channel, gone, before, after)));
  }

  private Future<@Nullable Void> removeAgain(
      String channel, Set<Incarnation> gone, ChannelPresence before, ChannelPresence after) {
    spread(channel, before.without(after));
    return after.isEmpty() ? Future.succeededFuture() : remove(channel, gone, after);
  }

  private Future<ChannelPresence> read(String channel, Set<Incarnation> gone) {
    return Future.fromCompletionStage(map.submitToKey(channel, new ReadPresence(gone)), context)
        .map(read -> read == null ? new ChannelPresence() : read);
  }

  private @Nullable Void spread(String channel, ChannelPresence removed) {
    removed.announced().forEach(info -> broker.spread(channel, new Leave(info)));
    return null;
  }

  private Set<Incarnation> gone() {
    long now = System.nanoTime();
    var gone = new HashSet<>(dead);
    strangers.forEach(
        (node, since) -> {
          if (now - since >= STRANGER_NANOS) {
            gone.add(node);
          }
        });
    gone.removeAll(live());
    return gone;
  }

  private Set<Incarnation> live() {
    return membership.nodes().stream()
        .map(NodeInfo::incarnation)
        .collect(Collectors.toUnmodifiableSet());
  }
}
