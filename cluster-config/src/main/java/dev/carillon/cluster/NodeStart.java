package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a start, in order. A step that fails takes back those before it. */
final class NodeStart {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

  private static final int PING_MILLIS = 3_000;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int USER_TIMEOUT_MILLIS = 10_000;

  /** How long a member that was admitted may take to leave again when the bus can't be opened. */
  private static final Duration CLEANUP = Duration.ofSeconds(10);

  /** Tries when other processes take the port between the look and the bind. */
  private static final int BIND_TRIES = 20;

  private final NodeSettings settings;
  private final MemberTraits self;
  private final MergeGuard guard;

  NodeStart(NodeSettings settings) {
    this.settings = settings;
    this.self = MemberTraits.of(settings, Incarnation.random(), System.currentTimeMillis());
    this.guard = new MergeGuard(settings.cluster(), self);
  }

  Future<Node> run() {
    return Future.succeededFuture()
        .compose(
            begin -> {
              warnOfOpenPorts();
              // Before the join, so that a port that is taken costs the cluster nothing.
              busPort();
              return joined();
            })
        .compose(this::serve);
  }

  private void warnOfOpenPorts() {
    if (!settings.cluster().loopbackOnly()) {
      LOG.warn(
          "The cluster ports are bound to {} and not encrypted: make sure that only cluster nodes"
              + " reach them",
          settings.cluster().bind());
    }
  }

  private Future<HazelcastInstance> joined() {
    var joined = new CompletableFuture<HazelcastInstance>();
    var thread =
        new Thread(
            () -> {
              try {
                joined.complete(new Joining(settings, self, guard).join());
              } catch (RuntimeException failed) {
                joined.completeExceptionally(failed);
              }
            },
            "carillon-join");
    thread.start();
    return Future.fromCompletionStage(joined);
  }

  private Future<Node> serve(HazelcastInstance hazelcast) {
    return Future.succeededFuture()
        .compose(begin -> bus(hazelcast, 1))
        .compose(bus -> node(bus.vertx(), new RunningMember(hazelcast, bus.manager(), self, guard)))
        .recover(failed -> MemberLeave.run(hazelcast, CLEANUP).transform(left -> failure(failed)));
  }

  private Future<Node> node(Vertx vertx, RunningMember member) {
    // A Promise, because a Future that comes from an event loop is told on that event loop, and
    // would never be told that Vert.x is closed.
    return Future.future(
        outcome ->
            NodeParts.open(settings, vertx, member)
                .map(parts -> node(vertx, member, parts))
                .onComplete(
                    outcome::complete,
                    failed -> vertx.close().onComplete(closed -> outcome.fail(failed))));
  }

  private Node node(Vertx vertx, RunningMember member, NodeParts parts) {
    var health = new NodeHealth(vertx, member, settings.cluster(), parts);
    health.watch();
    return new Node(member, vertx, health, parts);
  }

  private static Future<Node> failure(Throwable cause) {
    return Future.failedFuture(cause);
  }

  private record Bus(Vertx vertx, HazelcastClusterManager manager) {}

  private Future<Bus> bus(HazelcastInstance hazelcast, int tries) {
    var manager = new HazelcastClusterManager(hazelcast);
    var builder = Vertx.builder().with(options(hazelcast)).withClusterManager(manager);
    var metrics = settings.vertxMetrics();
    if (metrics != null) {
      builder.withMetrics(metrics);
    }
    return builder
        .buildClustered()
        .map(vertx -> new Bus(vertx, manager))
        .recover(
            failed ->
                // Native transports have exceptions of their own for a port that is taken.
                failed instanceof IOException
                    ? busPortTaken(hazelcast, tries)
                    : Future.failedFuture(failed));
  }

  /** Looks again: there is no other port for one that was set, which is an error then. */
  private Future<Bus> busPortTaken(HazelcastInstance hazelcast, int tries) {
    return tries < BIND_TRIES
        ? bus(hazelcast, tries + 1)
        : Future.failedFuture(
            new StartException(
                StartException.Reason.PORT_TAKEN,
                "cluster.bus_port",
                "cluster.bus_port = "
                    + settings.cluster().busPort()
                    + " (expected: a free port; others were faster "
                    + tries
                    + " times)"));
  }

  private VertxOptions options(HazelcastInstance hazelcast) {
    var cluster = settings.cluster();
    var bus =
        new EventBusOptions()
            .setHost(cluster.bind())
            .setPort(busPort())
            .setClusterPublicHost(hazelcast.getCluster().getLocalMember().getAddress().getHost())
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PING_MILLIS)
            .setConnectTimeout(CONNECT_MILLIS)
            .setTcpUserTimeout(USER_TIMEOUT_MILLIS);
    return new VertxOptions(settings.vertx()).setEventBusOptions(bus);
  }

  private int busPort() {
    var cluster = settings.cluster();
    return FreePort.at(
        "cluster.bus_port", cluster.bind(), cluster.busPort(), settings.busPortMoves());
  }
}
