package dev.carillon.broker;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.ChannelFeed;
import dev.carillon.port.FeedListener;
import dev.carillon.port.Membership;
import dev.carillon.port.NodeLinks;
import dev.carillon.port.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of one node. The state of a channel lives on one of the event loops, chosen by hash, so
 * that its order needs no lock. Safe to call from any thread.
 */
public final class NodeFeed implements ChannelFeed {

  private static final Logger LOG = LoggerFactory.getLogger(NodeFeed.class);

  private final Hops hops;
  private final List<FeedLoop> loops;
  private final Context watching;
  private final ChangeWatch watch;
  private final FeedCounts counts = new FeedCounts();

  /**
   * @param contexts from {@link EventLoops}
   * @param clock milliseconds that never go backward
   */
  public NodeFeed(
      Vertx vertx,
      List<Context> contexts,
      Streams streams,
      BrokerOptions options,
      LongSupplier clock) {
    this.hops = new Hops(vertx);
    var parts = new OpenParts(streams.parts());
    var shared = new FeedShared(streams, options, contexts.size(), clock, parts, counts);
    this.loops = contexts.stream().map(each -> new FeedLoop(each, shared)).toList();
    this.watching = contexts.get(0);
    this.watch = new ChangeWatch(shared, loops, this::loopOf);
    long interval = options.positionCheckInterval().toMillis();
    for (FeedLoop loop : loops) {
      loop.context().runOnContext(go -> vertx.setPeriodic(interval, tick -> loop.due()));
    }
    watching.runOnContext(go -> vertx.setPeriodic(0, interval, tick -> watch.ask()));
    streams.onUnsettled(this::unsettle);
  }

  /**
   * Takes what other nodes publish. When a link lost some of it, all positions are compared; when a
   * node died, it may not have told what it had stored, which the owners know.
   */
  public void attach(NodeLinks links, Membership membership) {
    loops.forEach(loop -> loop.attach(links));
    links.receive(this::arrived, this::checkAll);
    membership.listen(
        (change, node) -> {
          if (change == Membership.Change.LEFT) {
            watching.runOnContext(go -> watch.ask());
          }
        });
  }

  /** Shows what happens to positions. */
  public void register(MeterRegistry meters) {
    counts.register(meters);
  }

  @Override
  public Future<Void> open(String channel, StreamOptions options, FeedListener listener) {
    FeedLoop loop = loopOf(channel);
    return hops.call(loop.context(), () -> loop.open(channel, options, listener));
  }

  @Override
  public void close(String channel, FeedListener listener) {
    FeedLoop loop = loopOf(channel);
    loop.context().runOnContext(go -> loop.close(channel, listener));
  }

  /** Compares the positions of all open channels with their streams. */
  public void checkAll() {
    watching.runOnContext(go -> watch.askAll());
  }

  /** The data grid hands its share over after the event loops ended, when nobody listens. */
  private void unsettle(int part) {
    try {
      watching.runOnContext(go -> watch.unsettle(part));
    } catch (RejectedExecutionException ended) {
      LOG.debug("Part {} moved after the end of this feed", part, ended);
    }
  }

  FeedLoop loopOf(String channel) {
    // The multiplication spreads channels whose hashes differ in the high bits only.
    int spread = channel.hashCode() * 0x9E3779B9;
    return loops.get(Math.floorMod(spread >>> 16 ^ spread, loops.size()));
  }

  List<FeedLoop> loops() {
    return loops;
  }

  private void arrived(List<ChannelDelivery> deliveries) {
    Map<FeedLoop, List<ChannelDelivery>> byLoop = new HashMap<>();
    for (ChannelDelivery delivery : deliveries) {
      byLoop.computeIfAbsent(loopOf(delivery.channel()), fresh -> new ArrayList<>()).add(delivery);
    }
    byLoop.forEach((loop, some) -> loop.context().runOnContext(go -> loop.arrived(some)));
  }
}
