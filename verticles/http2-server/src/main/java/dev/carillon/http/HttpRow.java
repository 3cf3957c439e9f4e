package dev.carillon.http;

import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.node.NodeInfo;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection in the table of sessions, and what its deadline depends on. Its event loop
 * writes; {@link #record} reads one volatile record from any thread.
 */
final class HttpRow implements Connections.Connection {

  private final HttpConnection connection;
  private final Context context;
  private final boolean admitted;

  // Owned by the event loop of the connection.
  private int open;
  private boolean used;
  private long since;

  private volatile SessionRecord row;

  HttpRow(HttpConnection connection, Context context, SessionRecord row, boolean admitted) {
    this.connection = connection;
    this.context = context;
    this.row = row;
    this.admitted = admitted;
    this.since = System.nanoTime();
  }

  /** Whether it is within the limit; else all it gets is a 503. */
  boolean isAdmitted() {
    return admitted;
  }

  /** The row of a connection that was just opened. */
  static SessionRecord first(String id, NodeInfo node, HttpConnection connection, long millis) {
    return new SessionRecord(
        id,
        node.incarnation(),
        node.name(),
        "",
        "",
        address(connection.remoteAddress()),
        "http/1.1",
        millis,
        SessionStats.NONE);
  }

  /** An IPv6 address is in brackets; empty on a local socket, which has none. */
  private static String address(@Nullable SocketAddress remote) {
    return remote == null || remote.hostAddress() == null
        ? ""
        : NetUtil.toSocketAddressString(new InetSocketAddress(remote.hostAddress(), remote.port()));
  }

  @Override
  public SessionRecord record() {
    return row;
  }

  String id() {
    return row.id();
  }

  @Override
  public void end(EndReason reason) {
    // Pages are served by a fenced node as well; what needs the cluster is refused there.
    if (reason != EndReason.FENCED) {
      context.runOnContext(go -> close());
    }
  }

  void close() {
    connection.close();
  }

  /** A request head has arrived. */
  void begin(HttpServerRequest request, long nanos) {
    used = true;
    if (open++ == 0) {
      since = nanos;
    }
    SessionRecord known = row;
    String transport = request.version() == HttpVersion.HTTP_2 ? "h2" : "http/1.1";
    if (!known.transport().equals(transport)) {
      row =
          new SessionRecord(
              known.id(),
              known.owner(),
              known.node(),
              known.client(),
              known.user(),
              known.address(),
              transport,
              known.since(),
              known.stats());
    }
  }

  /** Its response has left, or will never. */
  void end(HttpServerRequest request, long nanos) {
    open--;
    since = nanos;
    SessionStats before = row.stats();
    row =
        row.withStats(
            new SessionStats(
                before.rttMillis(),
                before.channels(),
                before.bytesIn() + request.bytesRead(),
                before.bytesOut() + request.response().bytesWritten(),
                before.messagesIn() + 1,
                before.messagesOut() + 1));
  }

  /** Whether it has used up its time. */
  boolean isLate(WebServerOptions options, long nanos) {
    var allowed =
        open > 0
            ? options.requestTimeout()
            : used ? options.keepAliveTimeout() : options.headerTimeout();
    return nanos - since > allowed.toNanos();
  }
}
