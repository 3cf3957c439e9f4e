package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.cluster.seal.PayloadKeys;
import dev.carillon.cluster.seal.Seal;
import dev.carillon.cluster.streams.Uncertain;
import dev.carillon.cluster.tls.CertificateFiles;
import dev.carillon.cluster.tls.CertificateWatch;
import dev.carillon.cluster.tls.NodeCertificate;
import dev.carillon.cluster.tls.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a start, in order. A step that fails takes back those before it. */
final class NodeStart {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

  private static final int PING_MILLIS = 3_000;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int USER_TIMEOUT_MILLIS = 10_000;

  /** Five pings: a connection on which none came is half open, or not one of a node. */
  private static final int SILENT_MILLIS = 15_000;

  /** How long a member that was admitted may take to leave again when the bus can't be opened. */
  private static final Duration CLEANUP = Duration.ofSeconds(10);

  /** Tries when other processes take the port between the look and the bind. */
  private static final int BIND_TRIES = 20;

  private final NodeSettings settings;
  private final @Nullable NodeCertificate certificate;
  private final @Nullable Seal seal;
  private final MemberTraits self;
  private final MergeGuard guard;

  private NodeStart(NodeSettings settings, @Nullable NodeCertificate certificate) {
    this.settings = settings;
    this.certificate = certificate;
    var keys = PayloadKeys.of(settings.cluster());
    this.seal = keys.map(Seal::new).orElse(null);
    var bus = certificate == null ? Trust.NONE : certificate.trust();
    var payload = keys.map(PayloadKeys::trust).orElse(Trust.NONE);
    this.self = MemberTraits.of(settings, System.currentTimeMillis(), bus, payload);
    this.guard = new MergeGuard(settings.cluster(), self);
  }

  static Future<Node> run(NodeSettings settings) {
    return Future.succeededFuture()
        .compose(
            begin -> {
              SteadyClock.install();
              // Before the join, so that what is wrong here costs the cluster nothing.
              busPort(settings);
              var start = new NodeStart(settings, certificate(settings.cluster()));
              start.warnOfOpenPorts();
              return start.joined().compose(start::serve);
            });
  }

  private static @Nullable NodeCertificate certificate(ClusterOptions options) {
    return options.busTls()
        ? CertificateFiles.read(options.tls(), options.bind(), Instant.now())
        : null;
  }

  private void warnOfOpenPorts() {
    if (!settings.cluster().loopbackOnly()) {
      LOG.warn(
          "{} bound to {} and not encrypted: make sure that only cluster nodes reach {}"
              + " (docs/SECURITY.md)",
          certificate == null ? "Both cluster ports are" : "The port of the data grid is",
          settings.cluster().bind(),
          certificate == null ? "them" : "it");
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
        .compose(
            bus ->
                node(bus.vertx(), new RunningMember(hazelcast, bus.registry(), self, guard, seal)))
        .recover(
            failed ->
                MemberLeave.run(hazelcast, CLEANUP).transform(left -> failure(explain(failed))));
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
    if (certificate != null) {
      new CertificateWatch(vertx, certificate, settings.cluster().tls()).begin(settings.meters());
    }
    return new Node(member, vertx, health, parts);
  }

  /**
   * What stays uncertain for so long is no defect of this node, and may be over at its next try.
   */
  private Throwable explain(Throwable failed) {
    return Uncertain.is(failed) ? Admission.unconfirmed(settings.cluster(), failed) : failed;
  }

  private static Future<Node> failure(Throwable cause) {
    return Future.failedFuture(cause);
  }

  private record Bus(Vertx vertx, BusRegistry registry) {}

  private Future<Bus> bus(HazelcastInstance hazelcast, int tries) {
    var registry = new BusRegistry(hazelcast, settings.cluster().joinTimeout());
    var builder = Vertx.builder().with(options(hazelcast)).withClusterManager(registry);
    var metrics = settings.vertxMetrics();
    if (metrics != null) {
      builder.withMetrics(metrics);
    }
    return builder
        .buildClustered()
        .onSuccess(vertx -> vertx.exceptionHandler(new UnhandledFailures()))
        .map(vertx -> new Bus(vertx, registry))
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
            .setPort(busPort(settings))
            .setClusterPublicHost(hazelcast.getCluster().getLocalMember().getAddress().getHost())
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PING_MILLIS)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setReadIdleTimeout(SILENT_MILLIS)
            .setTcpUserTimeout(USER_TIMEOUT_MILLIS);
    if (certificate != null) {
      certificate.applyTo(bus);
    }
    return new VertxOptions(settings.vertx()).setEventBusOptions(bus);
  }

  private static int busPort(NodeSettings settings) {
    var cluster = settings.cluster();
    return FreePort.at(
        "cluster.bus_port", cluster.bind(), cluster.busPort(), settings.busPortMoves());
  }
}
