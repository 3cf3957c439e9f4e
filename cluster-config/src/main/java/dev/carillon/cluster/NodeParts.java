package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.carillon.broker.EventLoops;
import dev.carillon.broker.NodeFeed;
import dev.carillon.broker.StreamBroker;
import dev.carillon.cluster.links.BusLinks;
import dev.carillon.cluster.presence.ChannelPresence;
import dev.carillon.cluster.presence.HazelcastPresence;
import dev.carillon.cluster.presence.PresenceSweep;
import dev.carillon.cluster.sessions.HazelcastSessions;
import dev.carillon.cluster.streams.HazelcastStreams;
import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import dev.carillon.wire.BusCodec;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    var streams = streams(settings, vertx, hazelcast, membership);
    var links = new BusLinks(vertx, first, membership, limits.links(), membership::heard);
    var feed =
        new NodeFeed(
            vertx, contexts, streams, limits.broker(), () -> System.nanoTime() / 1_000_000);
    feed.attach(links, membership);
    feed.register(meters);
    links.register(meters);
    var broker =
        new FencedBroker(new StreamBroker(vertx, feed, streams, links, limits.broker()), fence);
    IMap<String, ChannelPresence> present = hazelcast.getMap(HazelcastConfigs.PRESENCE);
    var presence = new HazelcastPresence(vertx, present, membership, broker, contexts);
    new PresenceSweep(vertx, first, present, membership, broker).open();
    var sessions = new HazelcastSessions(vertx, hazelcast, HazelcastConfigs.SESSIONS);
    Gauge.builder("carillon.cluster.members", membership, all -> all.nodes().size())
        .description("Nodes in the cluster, as this one sees it")
        .register(meters);
    var standing = new StandingCheck(membership, links, settings.cluster());
    keepFence(settings, fence, standing, feed).watch(first);
    var ports =
        new Ports(broker, presence, sessions, links, membership, settings.connections(), meters);
    var pauses = PauseWatch.start(fence, contexts);
    return new NodeParts(first, fence, pauses, membership, links, presence, feed, ports);
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

  private Future<Void> open(Vertx vertx) {
    return links
        .start()
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
            System::currentTimeMillis);
    streams.open();
    Gauge.builder("carillon.streams", streams, HazelcastStreams::count)
        .description("Channels with history that the cluster remembers")
        .register(settings.meters());
    membership.listen(
        (change, node) -> {
          if (change == Membership.Change.LEFT) {
            streams.memberLost();
          }
        });
    return streams;
  }

  private static int minMembers(NodeSettings settings) {
    return settings.cluster().guarded() ? settings.cluster().majority() : 1;
  }

  private static <T> void register(Vertx vertx, WireCodec<T> codec) {
    vertx.eventBus().registerDefaultCodec(codec.type(), new BusCodec<>(codec));
  }
}
