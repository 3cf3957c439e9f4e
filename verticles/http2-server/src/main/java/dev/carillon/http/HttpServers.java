package dev.carillon.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  }

  /**
   * Opens both ports on as many event loops.
   *
   * @return fails with a {@link TlsException} when certificate or key can't be used, and with the
   *     error of the system when a port can't be opened
   */
  public Future<Void> deploy(int loops) {
    return vertx
        .executeBlocking(
            () ->
                new Content(
                    StaticFiles.load(HttpServers.class.getClassLoader()),
                    KeyPairFiles.read(vertx, site.options().tls())))
        .compose(content -> deploy(loops, content))
        .mapEmpty();
  }

  private Future<String> deploy(int loops, Content content) {
    return vertx.deployVerticle(
        () -> {
          var instance = new HttpServerVerticle(site, content, connections);
          instances.add(instance);
          return instance;
        },
        new DeploymentOptions().setInstances(loops));
  }

  /**
   * Reads certificate and key again. Connections that are open keep the old ones.
   *
   * @return fails with a {@link TlsException} when they can't be used; the old ones then stay
   */
  public Future<Void> reloadCertificate() {
    return vertx
        .executeBlocking(() -> KeyPairFiles.read(vertx, site.options().tls()))
        // All instances share one listener, so telling one is telling all.
        .compose(
            files ->
                instances
                    .get(0)
                    .use(files)
                    .onSuccess(used -> LOG.info("certificate reloaded: {}", files.subject())));
  }

  /** The port without TLS, once deployed. */
  public int port() {
    return instances.get(0).port();
  }

  /** The port with TLS, once deployed. */
  public int tlsPort() {
    return instances.get(0).tlsPort();
  }
}
