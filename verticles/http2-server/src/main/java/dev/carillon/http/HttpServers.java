package dev.carillon.http;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of this process: reads certificate and pages, then runs instances that share both
 * ports. Safe from any thread.
 */
public final class HttpServers {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServers.class);

  private final Vertx vertx;
  private final HttpSite site;
  private final ConnectionCount connections;
  private final List<HttpServerVerticle> instances = new CopyOnWriteArrayList<>();

  /** What is read from files before anything is opened. */
  record Content(StaticFiles files, KeyPairFiles keyPair) {}

  public HttpServers(Vertx vertx, HttpSite site) {
    this.vertx = vertx;
    this.site = site;
    this.connections = new ConnectionCount(site.client().connectionLimit());
    Gauge.builder("carillon.connections", connections, ConnectionCount::open)
        .description("Open connections of clients")
        .tag("transport", "http")
        .register(site.ports().meters());
  }

  /**
   * Reads certificate and key before there is a node, so that files that can't be used keep it from
   * joining the cluster. Blocks.
   *
   * @throws TlsException with one line for the operator
   */
  public static void check(TlsOptions options) {
    // The reader of keys belongs to Vert.x, and there is none yet.
    var reader = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      KeyPairFiles.read(reader, options);
    } finally {
      reader.close();
    }
  }

  /**
   * Reads everything that is read from files.
   *
   * @return makes the verticle, one for each event loop; all open the two ports of the options that
   *     they get. When one of these is taken, verticles with other ports may be deployed. Fails
   *     with a {@link TlsException} when certificate or key can't be used
   */
  public Future<Function<WebServerOptions, Deployable>> prepare() {
    return vertx
        .executeBlocking(
            () ->
                new Content(
                    StaticFiles.load(HttpServers.class.getClassLoader()),
                    KeyPairFiles.read(vertx, site.options().tls())))
        .map(content -> options -> instance(options, content));
  }

  private Deployable instance(WebServerOptions options, Content content) {
    var instance = new HttpServerVerticle(site.with(options), content, connections);
    instances.add(instance);
    return instance;
  }

  /** All share one listener; the first ones may belong to a deployment that found a port taken. */
  private HttpServerVerticle last() {
    return instances.get(instances.size() - 1);
  }

  /**
   * Reads certificate and key again. Connections that are open keep the old ones.
   *
   * @return fails with a {@link TlsException} when they can't be used; the old ones then stay
   */
  public Future<Void> reloadCertificate() {
    return vertx
        .executeBlocking(() -> KeyPairFiles.read(vertx, site.options().tls()))
        // Telling one is telling all.
        .compose(
            files ->
                last()
                    .use(files)
                    .onSuccess(used -> LOG.info("certificate reloaded: {}", files.subject())));
  }

  /** The port without TLS, once deployed. */
  public int port() {
    return last().port();
  }

  /** The port with TLS, once deployed. */
  public int tlsPort() {
    return last().tlsPort();
  }
}
