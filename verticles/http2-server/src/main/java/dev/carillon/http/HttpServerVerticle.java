package dev.carillon.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One instance of the HTTP server: its routes, and both listeners on its event loop. */
final class HttpServerVerticle extends VerticleBase {

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(1);

  private final HttpSite site;
  private final HttpServers.Content content;
  private final ConnectionCount count;
  private @Nullable HttpServer plain;
  private @Nullable HttpServer tls;

  HttpServerVerticle(HttpSite site, HttpServers.Content content, ConnectionCount count) {
    this.site = site;
    this.content = content;
    this.count = count;
  }

  @Override
  public Future<?> start() {
    WebServerOptions options = site.options();
    var connections = new HttpConnections(options, site.ports(), count, context);
    connections.watch(vertx);
    Router router = Router.router(vertx);
    plain = server(ServerSettings.plain(options), router, connections);
    tls = server(ServerSettings.tls(options, content.keyPair()), router, connections);
    // What is mounted stays on this event loop, so it waits until nothing can go wrong any more: a
    // port that is taken leaves nothing behind.
    return Future.join(listen(plain, options.port()), listen(tls, options.tlsPort()))
        .map(open -> mount(router, connections));
  }

  private Router mount(Router router, HttpConnections connections) {
    new Routes(site, content.files()).mount(router, context, connections);
    return router;
  }

  private HttpServer server(HttpServerOptions options, Router router, HttpConnections connections) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .exceptionHandler(failure -> connections.failed("a connection", failure))
        .requestHandler(router);
  }

  private Future<HttpServer> listen(HttpServer server, int port) {
    // Negative numbers are how Vert.x spells a free port that all instances share, one for each.
    int wanted = port != 0 ? port : server == tls ? -2 : -1;
    return server.listen(wanted, site.options().bind());
  }

  Future<Void> use(KeyPairFiles files) {
    HttpServer server = Objects.requireNonNull(tls);
    return server.updateSSLOptions(ServerSettings.reloaded(site.options(), files)).mapEmpty();
  }

  int port() {
    return plain == null ? 0 : plain.actualPort();
  }

  int tlsPort() {
    return tls == null ? 0 : tls.actualPort();
  }

  @Override
  public Future<?> stop() {
    return plain == null || tls == null
        ? Future.succeededFuture()
        : Future.join(close(plain), close(tls));
  }

  private static Future<Void> close(HttpServer server) {
    return server.shutdown(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
