package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.carillon.broker.EventLoops;
import dev.carillon.broker.NodeFeed;
import dev.carillon.broker.StreamBroker;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Leave;
import dev.carillon.cluster.links.BusLinks;
import dev.carillon.cluster.presence.ChannelPresence;
import dev.carillon.cluster.presence.HazelcastPresence;
import dev.carillon.cluster.presence.PresenceGrid;
import dev.carillon.cluster.presence.PresenceSweep;
import dev.carillon.cluster.seal.SealedStreams;
import dev.carillon.cluster.sessions.HazelcastSessions;
import dev.carillon.cluster.streams.HazelcastStreams;
import dev.carillon.port.Broker;
import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import dev.carillon.port.SteadyTime;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsEngine;
import dev.carillon.wire.BusCodec;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ports of this node, put together.
 *
 * @param context whose event loop owns the membership and the links
 * @param fence keeps this node to itself when it lost the cluster
 * @param pauses notices when this process stood still
 * @param membership the port, with what only this package may do
 * @param links the port, with what only this package may do
 * @param presence the port, with what only this package may do
 * @param feed compares positions when copies may have been lost
 * @param engine keeps the streams; null: the data grid does
 * @param ports what the verticles get
 */
record NodeParts(
    Context context,
    Fence fence,
    PauseWatch pauses,
    HazelcastMembership membership,
    BusLinks links,
    HazelcastPresence presence,
    NodeFeed feed,
    @Nullable StreamsEngine engine,
    Ports ports) {

  /** The links hold what other nodes were not sent yet; at the end they get so long for it. */
  private static final long LINKS_CLOSE_MILLIS = 2_000;

  /** A leave is spread when its client was taken out of presence; at the end they get so long. */
  private static final long DEPARTURES_MILLIS = 5_000;

  /** Makes and opens them in the order in which they need each other. */
  static Future<NodeParts> open(NodeSettings settings, Vertx vertx, RunningMember member) {
    WireCodecs.all().forEach(codec -> register(vertx, codec));
    int loops = settings.vertx().getEventLoopPoolSize();
    return EventLoops.start(vertx, loops)
        .map(contexts -> parts(settings, vertx, member, contexts))
        .compose(parts -> parts.open(vertx).map(parts));
  }

  private static NodeParts parts(
      NodeSettings settings, Vertx vertx, RunningMember member, List<Context> contexts) {
    var hazelcast = member.hazelcast();
    var limits = settings.limits();
    var meters = settings.meters();
    var first = contexts.get(0);
    var fence = new Fence(settings.cluster().pauseLimit(), System::nanoTime);
    var membership = new HazelcastMembership(hazelcast, member.traits(), fence, first);
    var engine = settings.engine();
    // A Promise, because the feed needs the streams, which tell it to compare.
    Promise<NodeFeed> fed = Promise.promise();
    var kept =
        engine == null
            ? streams(settings, vertx, hazelcast, membership)
            : engine.open(vertx, contexts, () -> fed.future().onSuccess(NodeFeed::checkAll));
    var streams = sealed(kept, member);
    var links = new BusLinks(vertx, first, membership, limits.links(), membership::heard);
    var feed = new NodeFeed(vertx, contexts, streams, limits.broker(), SteadyTime::millis);
    fed.complete(feed);
    feed.attach(links, membership);
    measure(meters, membership, feed, links);
    var storing = new StreamBroker(vertx, feed, streams, links, limits.broker());
    storing.register(meters);
    var broker = new FencedBroker(storing, fence);
    var presence = presence(vertx, hazelcast, membership, broker, contexts);
    var sessions = new HazelcastSessions(vertx, hazelcast, HazelcastConfigs.SESSIONS);
    var standing = new StandingCheck(membership, links, settings.cluster());
    keepFence(settings, fence, standing, feed).watch(first);
    var ports =
        new Ports(broker, presence, sessions, links, membership, settings.connections(), meters);
    var pauses = PauseWatch.start(fence, contexts);
    return new NodeParts(first, fence, pauses, membership, links, presence, feed, engine, ports);
  }

  private static HazelcastPresence presence(
      Vertx vertx,
      HazelcastInstance hazelcast,
      HazelcastMembership membership,
      Broker broker,
      List<Context> contexts) {
    IMap<String, ChannelPresence> present = hazelcast.getMap(HazelcastConfigs.PRESENCE);
    var grid = new PresenceGrid(hazelcast, present);
    BiConsumer<String, ClientInfo> leave =
        (channel, info) -> broker.spread(channel, new Leave(info));
    new PresenceSweep(vertx, contexts.get(0), grid, membership, leave).open();
    var presence = new HazelcastPresence(vertx, grid, membership, leave, contexts);
    presence.open();
    return presence;
  }

  private static FenceKeeper keepFence(
      NodeSettings settings, Fence fence, StandingCheck standing, NodeFeed feed) {
    standing.open();
    var keeper =
        new FenceKeeper(
            fence, settings.cluster(), settings.connections(), standing, feed::checkAll);
    keeper.register(settings.meters());
    return keeper;
  }

  private static void measure(
      MeterRegistry meters, Membership membership, NodeFeed feed, BusLinks links) {
    feed.register(meters);
    links.register(meters);
    Gauge.builder("carillon.cluster.members", membership, all -> all.nodes().size())
        .description("Nodes in the cluster, as this one sees it")
        .register(meters);
  }

  private Future<Void> open(Vertx vertx) {
    return (engine == null ? Future.<Void>succeededFuture() : engine.opened())
        .compose(known -> links.start())
        .compose(started -> membership.open(vertx))
        .compose(known -> links.opened());
  }

  /** When all copies of something were lost. */
  void heal() {
    membership.announceAgain();
    presence.refresh();
    feed.checkAll();
  }

  /**
   * Waits until the leaves of the clients are on the links, leaves presence, empties the links, and
   * takes this node's row away.
   */
  Future<Void> close() {
    return ports
        .connections()
        .departed()
        .timeout(DEPARTURES_MILLIS, TimeUnit.MILLISECONDS)
        .eventually(presence::close)
        .eventually(() -> links.close(LINKS_CLOSE_MILLIS))
        .eventually(() -> engine == null ? Future.succeededFuture() : engine.close())
        .eventually(membership::close)
        .onComplete(closed -> pauses.stop());
  }

  private static HazelcastStreams streams(
      NodeSettings settings, Vertx vertx, HazelcastInstance hazelcast, Membership membership) {
    var limits = settings.limits();
    var streams =
        new HazelcastStreams(
            vertx,
            hazelcast,
            HazelcastConfigs.STREAMS,
            new HazelcastStreams.Settings(
                limits.streams(),
                limits.channels(),
                minMembers(settings),
                limits.broker().historyMaxBytes()),
            // Of the cluster, not of this machine: no history ends early by a clock that is wrong.
            hazelcast.getCluster()::getClusterTime);
    streams.open();
    Gauge.builder("carillon.streams", streams, HazelcastStreams::count)
        .description("Channels with history that the cluster remembers")
        .register(settings.meters());
    membership.listen(onCoreLost(streams::memberLost));
    return streams;
  }

  /** A gateway keeps no copies: nobody waits for it, and what is under way need not be repeated. */
  static Membership.Listener onCoreLost(Runnable action) {
    return (change, node) -> {
      if (change == Membership.Change.LEFT && Role.isCore(node)) {
        action.run();
      }
    };
  }

  private static Streams sealed(Streams streams, RunningMember member) {
    var seal = member.seal();
    return seal == null ? streams : new SealedStreams(streams, seal);
  }

  private static int minMembers(NodeSettings settings) {
    return settings.cluster().guarded() ? settings.cluster().majority() : 1;
  }

  private static <T> void register(Vertx vertx, WireCodec<T> codec) {
    vertx.eventBus().registerDefaultCodec(codec.type(), new BusCodec<>(codec));
  }
}
