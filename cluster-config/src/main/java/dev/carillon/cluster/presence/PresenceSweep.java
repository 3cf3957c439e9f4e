package dev.carillon.cluster.presence;

import com.hazelcast.map.EntryProcessor;
import dev.carillon.channel.ClientInfo;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the clients of dead nodes from the channels whose owner this node is, and spreads a leave
 * for each of them that was announced. Exactly one member owns a channel, and the removal happens
 * on its partition's thread, so each leave is spread at most once.
 *
 * <p>A pass follows each death at once. More follow until all channels of the dead node have new
 * owners, and when channels have moved. One a minute finds what they missed ({@link Deaths}).
 *
 * <p>A node that is fenced removes nobody: those whom it takes for dead may be well, and it the one
 * that was cut off. What it had begun is dropped when it comes back as another incarnation.
 */
public final class PresenceSweep {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceSweep.class);

  /** Channels looked at in one step, a few milliseconds of the partition threads. */
  private static final int SLICE = 500;

  private static final long SLICE_PAUSE_MILLIS = 20;
  private static final long RETRY_MILLIS = 500;

  /** New owners are found within some tenths of a second. */
  private static final long LOOK_MILLIS = 100;

  private static final long ROUTINE_MILLIS = 60_000;

  private final Vertx vertx;
  private final Context context;
  private final PresenceGrid grid;
  private final Membership membership;
  private final BiConsumer<String, ClientInfo> leave;

  // Owned by the event loop of `context`.
  private final Deaths deaths = new Deaths();
  private boolean sweeping;
  private boolean again;
  private boolean isTimerSet;

  /**
   * One look at all channels.
   *
   * @param self as which incarnation this node began it
   * @param seen whose clients were found
   */
  private record Pass(Incarnation self, Set<Incarnation> seen) {}

  /**
   * Clients of dead nodes that are to be taken out of a channel.
   *
   * @param gone the nodes
   */
  private record Removal(Pass pass, String channel, Set<Incarnation> gone) {}

  /**
   * @param context whose event loop owns the sweep
   * @param leave tells all nodes that a client left a channel
   */
  public PresenceSweep(
      Vertx vertx,
      Context context,
      PresenceGrid grid,
      Membership membership,
      BiConsumer<String, ClientInfo> leave) {
    this.vertx = vertx;
    this.context = context;
    this.grid = grid;
    this.membership = membership;
    this.leave = leave;
  }

  /** Begins to follow the membership. */
  public void open() {
    membership.listen(
        (change, node) -> {
          if (change == Membership.Change.LEFT) {
            context.runOnContext(hop -> died(node.incarnation()));
          }
        });
    grid.onMoved(() -> context.runOnContext(hop -> moved()));
    context.runOnContext(hop -> vertx.setPeriodic(ROUTINE_MILLIS, timer -> sweep()));
  }

  private void died(Incarnation node) {
    deaths.left(node, System.nanoTime());
    sweep();
  }

  private void moved() {
    if (!deaths.isEmpty()) {
      sweep();
    }
  }

  private void sweepAfter(long millis) {
    if (!isTimerSet) {
      isTimerSet = true;
      vertx.setTimer(
          millis,
          timer -> {
            isTimerSet = false;
            sweep();
          });
    }
  }

  private void sweep() {
    if (sweeping) {
      again = true;
      return;
    }
    if (membership.isFenced()) {
      sweepAfter(LOOK_MILLIS);
      return;
    }
    sweeping = true;
    again = false;
    var pass = new Pass(membership.self().incarnation(), new HashSet<>());
    vertx
        .executeBlocking(grid::share, false)
        .compose(share -> slices(share.channels().iterator(), pass).map(done -> share.settled()))
        .onComplete(
            settled -> finished(pass, settled ? 0 : LOOK_MILLIS),
            failed -> {
              LOG.debug("Presence is swept again", failed);
              finished(pass, RETRY_MILLIS);
            });
  }

  /**
   * @param next milliseconds to the next pass; 0 when this one missed no channel
   */
  private void finished(Pass pass, long next) {
    long now = System.nanoTime();
    deaths.found(pass.seen(), live(), now);
    sweeping = false;
    if (next > 0) {
      sweepAfter(next);
      return;
    }
    if (!isOver(pass)) {
      deaths.forget(pass.seen(), now);
    }
    if (again) {
      sweep();
    }
  }

  private Future<Void> slices(Iterator<String> channels, Pass pass) {
    var slice = new HashSet<String>();
    while (channels.hasNext() && slice.size() < SLICE) {
      slice.add(channels.next());
    }
    if (slice.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(
            grid.map().submitToKeys(slice, new FindIncarnations()), context)
        .compose(found -> remove(found, pass))
        .compose(removed -> vertx.timer(SLICE_PAUSE_MILLIS))
        .compose(paused -> slices(channels, pass));
  }

  private Future<Void> remove(Map<String, @Nullable Incarnations> found, Pass pass) {
    var gone = deaths.all(live(), System.nanoTime());
    var removals = new ArrayList<Future<Void>>();
    found.forEach(
        (channel, nodes) -> {
          if (nodes != null) {
            pass.seen().addAll(nodes.all());
            if (nodes.all().stream().anyMatch(gone::contains)) {
              removals.add(remove(new Removal(pass, channel, gone)));
            }
          }
        });
    return Future.join(removals).mapEmpty();
  }

  private Future<Void> remove(Removal removal) {
    return read(removal).compose(before -> remove(removal, before));
  }

  /**
   * A removal that failed may have been made: whoever is not there any more was removed by it.
   *
   * @param before who is to be removed
   */
  private Future<Void> remove(Removal removal, ChannelPresence before) {
    if (isOver(removal.pass()) || membership.isFenced()) {
      return Future.failedFuture("this node is cut off from the others");
    }
    return submit(removal.channel(), new RemoveIncarnations(removal.gone()))
        .map(removed -> spread(removal, removed))
        .recover(failed -> removeAgain(removal, before));
  }

  private Future<@Nullable Void> removeAgain(Removal removal, ChannelPresence before) {
    return vertx
        .timer(RETRY_MILLIS)
        .compose(later -> read(removal))
        .compose(
            after -> {
              // Who came back to the cluster meanwhile was spared, and tells of its own clients.
              var live = live();
              spread(removal, before.without(after).of(node -> !live.contains(node)));
              return after.isEmpty() ? Future.succeededFuture() : remove(removal, after);
            });
  }

  /** Asks until there is an answer, or the pass is over. */
  private Future<ChannelPresence> read(Removal removal) {
    return submit(removal.channel(), new ReadPresence(removal.gone()))
        .recover(
            failed ->
                isOver(removal.pass())
                    ? Future.failedFuture(failed)
                    : vertx.timer(RETRY_MILLIS).compose(later -> read(removal)));
  }

  private Future<ChannelPresence> submit(
      String channel,
      EntryProcessor<String, @Nullable ChannelPresence, @Nullable ChannelPresence> processor) {
    return Future.fromCompletionStage(grid.map().submitToKey(channel, processor), context)
        .map(answer -> answer == null ? new ChannelPresence() : answer);
  }

  private @Nullable Void spread(Removal removal, ChannelPresence removed) {
    if (isOver(removal.pass())) {
      return null;
    }
    if (membership.isFenced()) {
      vertx.setTimer(LOOK_MILLIS, timer -> spread(removal, removed));
      return null;
    }
    removed.announced().forEach(info -> leave.accept(removal.channel(), info));
    return null;
  }

  /**
   * Whether this node has gone back to the others since, who have told of the deaths there were.
   */
  private boolean isOver(Pass pass) {
    return !pass.self().equals(membership.self().incarnation());
  }

  private Set<Incarnation> live() {
    return membership.nodes().stream()
        .map(NodeInfo::incarnation)
        .collect(Collectors.toUnmodifiableSet());
  }
}
