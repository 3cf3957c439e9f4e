package dev.carillon.http;

import dev.carillon.gateway.ConnectionFailure;
import dev.carillon.limit.TokenBuckets;
import dev.carillon.port.Ports;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP connections of one server instance: their rows, their number and their deadlines. A
 * connection that becomes a WebSocket leaves with its 101.
 */
final class HttpConnections {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);
  private static final int LOG_LINES_PER_SECOND = 1;
  private static final int LOG_LINES_AT_ONCE = 10;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final long SWEEP_MILLIS_MAX = 1000;
  private static final long SWEEP_MILLIS_MIN = 20;

  private final WebServerOptions options;
  private final Ports ports;
  private final ConnectionCount count;
  private final Context context;

  // Owned by the event loop of the server instance.
  private final Map<HttpConnection, HttpRow> rows = new HashMap<>();
  private final TokenBuckets<String> logLines =
      new TokenBuckets<>(LOG_LINES_PER_SECOND, LOG_LINES_AT_ONCE, 1);

  HttpConnections(WebServerOptions options, Ports ports, ConnectionCount count, Context context) {
    this.options = options;
    this.ports = ports;
    this.count = count;
    this.context = context;
  }

  /** Looks for connections that are late, often enough to be late itself by a quarter at most. */
  void watch(Vertx vertx) {
    long shortest = options.headerTimeout().toMillis() / 4;
    vertx.setPeriodic(
        Math.max(SWEEP_MILLIS_MIN, Math.min(SWEEP_MILLIS_MAX, shortest)),
        now -> closeLate(System.nanoTime()));
  }

  private void closeLate(long now) {
    for (HttpRow row : new ArrayList<>(rows.values())) {
      if (row.isLate(options, now)) {
        LOG.debug("{}: closed, it used up its time", row.record().address());
        row.close();
      }
    }
  }

  void opened(HttpConnection connection) {
    var first =
        HttpRow.first(
            UUID.randomUUID().toString(),
            ports.membership().self(),
            connection,
            System.currentTimeMillis());
    var row = new HttpRow(connection, context, first, count.opened());
    rows.put(connection, row);
    ports.connections().opened(row.id(), row);
    connection.closeHandler(closed -> left(connection));
    connection.exceptionHandler(failure -> failed(row.record().address(), failure));
  }

  /** One line without a word of what was sent, and not one for each of a flood. */
  void failed(String who, Throwable failure) {
    if (ConnectionFailure.isNews(failure) && logLines.take("", 1, System.nanoTime())) {
      LOG.info("{}: {}", who, ConnectionFailure.words(failure));
    }
  }

  /** Counts the request; answers 503 when there are too many connections. */
  void handle(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    HttpRow row = rows.get(request.connection());
    if (row != null) {
      row.begin(request, System.nanoTime());
      routing.addEndHandler(ended -> finished(request, row));
    }
    if (row != null && !row.isAdmitted()) {
      Answers.text(routing, 503, "too many connections");
    } else {
      routing.next();
    }
  }

  private void finished(HttpServerRequest request, HttpRow row) {
    row.end(request, System.nanoTime());
    if (request.response().getStatusCode() == SWITCHING_PROTOCOLS) {
      left(request.connection());
    } else if (!row.isAdmitted()) {
      row.close();
    }
  }

  private void left(HttpConnection connection) {
    HttpRow row = rows.remove(connection);
    if (row != null) {
      count.closed();
      ports.connections().closed(row.id());
    }
  }
}
