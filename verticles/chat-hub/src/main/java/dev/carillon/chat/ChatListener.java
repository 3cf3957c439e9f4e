package dev.carillon.chat;

import dev.carillon.gateway.ConnectionFailure;
import dev.carillon.limit.TokenBuckets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat hub's own HTTP port, for a process without an HTTP server. It knows one path. A
 * connection that is no WebSocket after ten seconds is closed, whatever it has sent.
 */
final class ChatListener {

  private static final Logger LOG = LoggerFactory.getLogger(ChatListener.class);

  private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int LOG_LINES_PER_SECOND = 1;
  private static final int LOG_LINES_AT_ONCE = 10;

  private final Vertx vertx;
  private final Context context;
  private final ChatHub hub;
  private final Router router;
  private final HttpServer server;

  // Owned by the event loop of the verticle: the timers of connections that are not upgraded yet,
  // and how many lines of log those that fail have left.
  private final Map<HttpConnection, Long> pending = new HashMap<>();
  private final TokenBuckets<String> logLines =
      new TokenBuckets<>(LOG_LINES_PER_SECOND, LOG_LINES_AT_ONCE, 1);

  ChatListener(Vertx vertx, Context context, ChatHub hub) {
    this.vertx = vertx;
    this.context = context;
    this.hub = hub;
    this.router = Router.router(vertx);
    this.server =
        vertx
            .createHttpServer(options())
            .connectionHandler(this::opened)
            .exceptionHandler(failure -> failed("a connection", failure))
            .requestHandler(router);
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  Future<Integer> listen(ListenAddress address) {
    // -1 is how Vert.x spells a free port that all instances share.
    int port = address.port() == 0 ? -1 : address.port();
    return server.listen(port, address.bind()).map(this::mount);
  }

  /** Only now, because what is mounted stays on this event loop also when the port was taken. */
  private int mount(HttpServer open) {
    router.route().handler(this::watchUpgrade);
    hub.mount(router, context);
    return open.actualPort();
  }

  Future<Void> close(Duration grace) {
    return server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void opened(HttpConnection connection) {
    pending.put(
        connection,
        vertx.setTimer(
            UPGRADE_TIMEOUT.toMillis(),
            late -> {
              pending.remove(connection);
              connection.close();
            }));
    connection.closeHandler(closed -> forget(connection));
    String address = String.valueOf(connection.remoteAddress());
    connection.exceptionHandler(failure -> failed(address, failure));
  }

  /** One line without a word of what was sent, and not one for each of a flood. */
  private void failed(String who, Throwable failure) {
    if (ConnectionFailure.isNews(failure) && logLines.take("", 1, System.nanoTime())) {
      LOG.info("{}: {}", who, ConnectionFailure.words(failure));
    }
  }

  /** After the take-over the connection is none of HTTP any more and must not be closed here. */
  private void watchUpgrade(RoutingContext routing) {
    HttpConnection connection = routing.request().connection();
    routing.addEndHandler(
        ended -> {
          if (routing.response().getStatusCode() == SWITCHING_PROTOCOLS) {
            forget(connection);
          }
        });
    routing.next();
  }

  private void forget(HttpConnection connection) {
    Long timer = pending.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
