package dev.carillon.launch;

import dev.carillon.broker.BrokerOptions;
import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.Fingerprint;
import dev.carillon.cluster.Node;
import dev.carillon.cluster.NodeLimits;
import dev.carillon.cluster.NodeSettings;
import dev.carillon.cluster.StartException;
import dev.carillon.cluster.links.LinkOptions;
import dev.carillon.cluster.streams.StreamLimits;
import dev.carillon.cluster.streams.StreamsOptions;
import dev.carillon.http.HttpServers;
import dev.carillon.http.WebServerOptions;
import dev.carillon.hub.Connections;
import dev.carillon.launch.local.NodeFile;
import dev.carillon.launch.local.RunningNode;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.EngineOptions;
import dev.carillon.launch.settings.LogOptions;
import dev.carillon.launch.settings.NodeOptions;
import dev.carillon.launch.settings.SecretSettings;
import dev.carillon.launch.settings.ShutdownOptions;
import dev.carillon.launch.settings.Sources;
import dev.carillon.port.StreamsEngine;
import dev.carillon.redis.RedisEngine;
import dev.carillon.redis.RedisEngineOptions;
import dev.carillon.redis.RedisLimits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a node, step by step, on the main thread; the banner is its last one. */
final class Launch {
  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  /** How much earlier than the process the node is cut off, so that it can say so. */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  private final Sources sources;
  private final PrintWriter out;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<@Nullable NodeFile> file = new AtomicReference<>();
  private @Nullable Shutdown shutdown;

  Launch(Sources sources, PrintWriter out) {
    this.sources = sources;
    this.out = out;
  }

  /**
   * Returns when the node serves.
   *
   * @throws RuntimeException with one line for the operator when it can't
   */
  void run() {
    var configured = Configuration.load(sources);
    var logLevel = configured.options(LogOptions.class).level();
    LogSetup.level(logLevel);
    LogSetup.watchThreads();
    sources.remarks().forEach(remark -> LOG.warn("{}", remark));
    var ending = new Shutdown(configured.options(ShutdownOptions.class), this::exit);
    ending.listen();
    shutdown = ending;
    var place = Place.take(configured);
    checkCertificate(place);
    LogSetup.whileJoining(logLevel);
    var node = await(Node.start(settings(place)));
    LogSetup.level(logLevel);
    try {
      serve(node, place, ending);
    } catch (RuntimeException failed) {
      await(node.close(GIVE_UP));
      throw failed;
    }
  }

  /** Begins the orderly end of a node that serves, as a signal does. */
  void stop(String reason) {
    if (shutdown != null) {
      shutdown.begin(reason);
    }
  }

  private void serve(Node node, Place place, Shutdown shutdown) {
    node.onExpelled(this::expelled);
    shutdown.first(node::drain);
    var farewell =
        new Farewell(node.vertx(), node.ports().connections(), shutdown.timeout().dividedBy(2));
    shutdown.then("clients", farewell::say);
    shutdown.then("node", () -> node.close(shutdown.timeout().minus(RESERVE)));
    var ports = new OpenPorts(node.vertx(), place);
    var wiring = new Wiring(node, ports, meters);
    await(wiring.deploy());
    await(node.deploy(() -> reload(place, wiring), new DeploymentOptions()));
    tell(node, ports.place().opened(node.clusterPort(), node.busPort()));
    wiring.started();
  }

  private static void checkCertificate(Place place) {
    boolean served = place.configured().options(NodeOptions.class).runs("http2-server");
    if (served && place.hasOwnCertificate()) {
      HttpServers.check(place.configuration().options(WebServerOptions.class).tls());
    }
  }

  /** The cluster, scripts and the person at the terminal. */
  private void tell(Node node, Place place) {
    var banner = Banner.of(sources, place, node.readiness(), node.membership());
    var configured = place.configuration().options(WebServerOptions.class).publicUrls();
    node.membership()
        .announce(configured.isEmpty() ? PublicUrls.of(place.listeners()) : configured);
    var ports = place.listeners().ports();
    var pid = ProcessHandle.current().pid();
    var running = new RunningNode(place.name().name(), pid, ports, banner.urls());
    file.set(NodeFile.write(place.state(), running));
    out.print(banner.text());
    out.flush();
  }

  private Reload reload(Place place, Wiring wiring) {
    return new Reload(sources, place.configured(), place.tlsFiles(), wiring::reloadCertificate);
  }

  /** A port that nobody set may move again when another process was faster. */
  private static boolean moves(Place place, String listener) {
    return place.listeners().named(listener).filter(l -> !l.fixed()).isPresent();
  }

  private NodeSettings settings(Place place) {
    var configuration = place.configuration();
    return new NodeSettings(
        place.name().name(),
        Version.get(),
        Set.copyOf(configuration.options(NodeOptions.class).all()),
        configuration.options(ClusterOptions.class),
        new NodeLimits(
            configuration.options(BrokerOptions.class),
            configuration.options(StreamsOptions.class),
            configuration.options(StreamLimits.class),
            configuration.options(LinkOptions.class)),
        moves(place, "cluster"),
        moves(place, "bus"),
        fingerprint(configuration),
        vertx(configuration),
        new MicrometerMetricsFactory(meters),
        meters,
        new Connections(),
        engine(configuration));
  }

  private @Nullable StreamsEngine engine(Configuration configuration) {
    if (configuration.options(EngineOptions.class).streams() == EngineOptions.Place.HAZELCAST) {
      return null;
    }
    var limits = configuration.options(StreamLimits.class);
    return new RedisEngine(
        configuration.options(RedisEngineOptions.class),
        new RedisLimits(
            configuration.options(BrokerOptions.class).historyMaxBytes(),
            limits.maxStreams(),
            limits.unpublishedLifetime()),
        meters);
  }

  private static VertxOptions vertx(Configuration configuration) {
    var measured = new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true);
    return new VertxOptions()
        .setMetricsOptions(measured)
        .setEventLoopPoolSize(configuration.options(NodeOptions.class).loops())
        .setPreferNativeTransport(true);
  }

  /** Of all secrets that clients and operators may meet on any node. */
  private static Fingerprint fingerprint(Configuration configuration) {
    var secrets = new StringBuilder();
    for (var key : SecretSettings.SHARED) {
      secrets.append(key).append('=').append(configuration.text(key)).append('\0');
    }
    return Fingerprint.of(secrets.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void expelled(StartException why) {
    LOG.error("{}", why.getMessage());
    exit(1);
  }

  /** Without the hooks of the JVM, after which it would report the signal and not this code. */
  private void exit(int code) {
    var written = file.get();
    if (written != null) {
      written.close();
    }
    LogSetup.flush();
    Runtime.getRuntime().halt(code);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
