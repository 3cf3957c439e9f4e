package dev.carillon.cluster;

import dev.carillon.hub.ClosingPlan;
import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.SteadyTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the fence of this node when it lost the cluster, and opens it when all is well again.
 * While it is closed the clients are sent to other nodes, each at a moment of its own; who was not
 * sent away when it opens stays.
 */
final class FenceKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(FenceKeeper.class);

  private static final long LOOK_MILLIS = 100;

  /** What is over so soon costs nobody his connection. */
  private static final long GRACE_MILLIS = 500;

  /**
   * After a member left, the next term begins sooner when it can; what waits for it is repeated.
   */
  private static final long TERM_MILLIS = 2_000;

  /**
   * A node that stood still, and then sees nobody any more, was removed by the others and finds
   * them within 15 s, when it looks for them. After this time they are gone, and it goes on alone.
   */
  private static final long FIND_MILLIS = 20_000;

  private final Fence fence;
  private final ClusterOptions options;
  private final Connections connections;
  private final StandingCheck standing;
  private final Runnable opened;

  // Owned by the event loop of the membership.
  private long hadTermAt = SteadyTime.millis();
  private boolean isAsking;
  private boolean hadOthers;
  private boolean wasOpen;
  private boolean hadTerm;
  private boolean closed;
  private long closedAt;
  private @Nullable ClosingPlan plan;

  /**
   * @param opened called when the fence is open again: what was delivered meanwhile has to be
   *     compared
   */
  FenceKeeper(
      Fence fence,
      ClusterOptions options,
      Connections connections,
      StandingCheck standing,
      Runnable opened) {
    this.fence = fence;
    this.options = options;
    this.connections = connections;
    this.standing = standing;
    this.opened = opened;
  }

  /** Begins to look, for ever. */
  void watch(Context context) {
    context.runOnContext(hop -> context.owner().setPeriodic(0, LOOK_MILLIS, timer -> look()));
  }

  void register(MeterRegistry meters) {
    Gauge.builder("carillon.cluster.fenced", fence, now -> now.isClosed() ? 1 : 0)
        .description("1 while this node acknowledges nothing because it lost the cluster")
        .register(meters);
  }

  private void look() {
    long now = SteadyTime.millis();
    fence.set(Fence.Reason.MINORITY, !standing.hearsMajority());
    if (standing.hasTerm()) {
      hadTermAt = now;
      hadTerm = true;
    }
    fence.set(Fence.Reason.NO_TERM, now - hadTermAt > TERM_MILLIS);
    if (!fence.isClosed()) {
      open();
    } else if (!closed) {
      close(now);
    } else if (now - closedAt >= GRACE_MILLIS) {
      sendAway(now);
    }
    if (fence.has(Fence.Reason.PAUSED)) {
      ask();
    }
  }

  private void ask() {
    if (isAsking) {
      return;
    }
    isAsking = true;
    long askedAt = System.nanoTime();
    standing
        .isMember()
        .onComplete(
            known -> {
              isAsking = false;
              if (known.succeeded() && known.result() && !isAstray()) {
                fence.confirmed(askedAt);
              }
            });
  }

  /** Alone after a pause, and before it not: this happens where no majority is expected. */
  private boolean isAstray() {
    long closedFor = SteadyTime.millis() - closedAt;
    return closed && hadOthers && standing.isAlone() && closedFor < FIND_MILLIS;
  }

  private void close(long now) {
    closed = true;
    closedAt = now;
    if (wasOpen && !hadTerm) {
      LOG.warn(
          "This node waits for the cluster ({}): until then it acknowledges nothing, and refuses"
              + " new clients",
          fence.words());
    } else if (wasOpen) {
      LOG.warn(
          "This node lost the cluster ({}): it acknowledges nothing, refuses new clients, and sends"
              + " those it has to other nodes",
          fence.words());
    }
  }

  private void open() {
    if (closed && wasOpen) {
      LOG.info("This node has the cluster again; {} connections stayed", connections.count());
      opened.run();
    }
    wasOpen = true;
    hadOthers = !standing.isAlone();
    closed = false;
    plan = null;
  }

  private void sendAway(long now) {
    var current = plan;
    if (current == null) {
      current = new ClosingPlan(options.fenceSpread().toMillis(), ThreadLocalRandom.current());
      plan = current;
    }
    current.due(connections.ids(), now).forEach(id -> connections.end(id, EndReason.FENCED));
  }
}
