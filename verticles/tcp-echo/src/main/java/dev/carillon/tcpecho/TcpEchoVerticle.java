package dev.carillon.tcpecho;

import dev.carillon.limit.TokenBuckets;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, counts connections, and gives each its {@link EchoConnection}. */
public final class TcpEchoVerticle extends VerticleBase {

  /** Refused connections that are being told so at once; further ones are closed without words. */
  private static final int MAX_TOLD = 100;

  private static final Logger LOG = LoggerFactory.getLogger(TcpEchoVerticle.class);

  private final TcpEchoOptions options;
  private final Ports ports;
  private final Counter overLimit;
  private final Counter longLines;

  // Confined to the event loop of this verticle, which all its sockets share.
  private final TokenBuckets<String> logLines = new TokenBuckets<>(1, 10, 10);
  private int open;
  private int told;
  private @Nullable NetServer server;

  public TcpEchoVerticle(TcpEchoOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
    this.overLimit = refused("connection_limit");
    this.longLines = refused("line_too_long");
  }

  @Override
  public Future<?> start() {
    NetServer created = vertx.createNetServer(serverOptions());
    server = created;
    return created
        .connectHandler(this::connected)
        .exceptionHandler(failure -> LOG.warn("tcp-echo could not accept: {}", failure.toString()))
        .listen(options.port(), options.bind());
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  /** The port that is listened on, once started. */
  public int port() {
    return server == null ? options.port() : server.actualPort();
  }

  private NetServerOptions serverOptions() {
    return new NetServerOptions()
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setReadIdleTimeout(Math.toIntExact(options.idleTimeout().toMillis()));
  }

  private void connected(NetSocket socket) {
    if (open >= options.maxConnections()) {
      refuse(socket);
      return;
    }
    open++;
    SessionRecord row = row(socket);
    LineEcho lines = isLineMode() ? new LineEcho(options.maxLineBytes()) : null;
    var connection =
        new EchoConnection(context, socket, row, lines, () -> lineTooLong(row.address()));
    ports.connections().opened(row.id(), connection);
    // A reset by the peer is its way to leave; the close handler runs after it as well.
    socket.exceptionHandler(reset -> LOG.debug("{} {}", row.address(), reset.toString()));
    socket.closeHandler(closed -> closed(row.id()));
    connection.start();
  }

  private void closed(String id) {
    open--;
    ports.connections().closed(id);
  }

  private void refuse(NetSocket socket) {
    overLimit.increment();
    String message = options.maxConnections() + " connections are open (expected: fewer)";
    String address = String.valueOf(socket.remoteAddress());
    warn("connection_limit", "tcp-echo refused " + address + ": " + message);
    if (isLineMode() && told < MAX_TOLD) {
      told++;
      EchoConnection.tellAndClose(context, socket, message).onComplete(done -> told--);
    } else {
      socket.close();
    }
  }

  private void lineTooLong(String address) {
    longLines.increment();
    String expected = " (expected: at most " + options.maxLineBytes() + " bytes)";
    warn("line_too_long", "tcp-echo closed " + address + ": line too long" + expected);
  }

  /** One line for each event, but never a flood that outsiders control; metrics count them all. */
  private void warn(String reason, String line) {
    if (logLines.take(reason, 1, System.nanoTime())) {
      LOG.warn(line);
    }
  }

  private boolean isLineMode() {
    return options.mode() == TcpEchoOptions.Mode.LINE;
  }

  private SessionRecord row(NetSocket socket) {
    NodeInfo self = ports.membership().self();
    return new SessionRecord(
        UUID.randomUUID().toString(),
        self.incarnation(),
        self.name(),
        "",
        "",
        String.valueOf(socket.remoteAddress()),
        "tcp",
        System.currentTimeMillis(),
        SessionStats.NONE);
  }

  private Counter refused(String reason) {
    return Counter.builder("carillon.tcp.echo.refused")
        .description("Connections that were closed because of a limit")
        .tag("reason", reason)
        .register(ports.meters());
  }
}
