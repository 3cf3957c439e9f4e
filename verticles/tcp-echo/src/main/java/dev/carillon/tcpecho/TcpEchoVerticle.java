package dev.carillon.tcpecho;

import dev.carillon.limit.TokenBuckets;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import io.micrometer.core.instrument.Counter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, counts connections, and gives each its {@link EchoConnection}.
 *
 * <p>It uses Netty and not Vert.x's NetServer, which closes a connection as soon as the client has
 * half-closed it, whatever still has to be written: an echo would lose the end of what it was sent.
 */
public final class TcpEchoVerticle extends VerticleBase {

  /** Refused connections that are being told so at once; further ones are closed without words. */
  private static final int MAX_TOLD = 100;

  private static final Logger LOG = LoggerFactory.getLogger(TcpEchoVerticle.class);

  private final TcpEchoOptions options;
  private final Ports ports;
  private final Counter overLimit;
  private final Counter longLines;

  /** One event loop of our own, which accepts and serves all connections. */
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("tcp-echo", true), NioIoHandler.newFactory());

  // Confined to that event loop.
  private final TokenBuckets<String> logLines = new TokenBuckets<>(1, 10, 10);
  private int open;
  private int told;

  private volatile int port;

  public TcpEchoVerticle(TcpEchoOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
    this.overLimit = refused("connection_limit");
    this.longLines = refused("line_too_long");
  }

  @Override
  public Future<?> start() {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1_024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Accept())
            .bind(options.bind(), options.port());
    return future(bound)
        .onSuccess(open -> port = ((InetSocketAddress) bound.channel().localAddress()).getPort())
        .onFailure(taken -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  /** Closes the listener and every connection. */
  @Override
  public Future<?> stop() {
    return future(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  /** The port that is listened on, once started. */
  public int port() {
    return port;
  }

  /** Runs for each connection, on the event loop. */
  private final class Accept extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (open >= options.maxConnections()) {
        refuse(channel);
      } else {
        accept(channel);
      }
    }
  }

  private void accept(SocketChannel channel) {
    open++;
    SessionRecord row = row(channel);
    LineEcho lines = isLineMode() ? new LineEcho(options.maxLineBytes()) : null;
    var connection = new EchoConnection(channel, row, lines, () -> lineTooLong(row.address()));
    ports.connections().opened(row.id(), connection);
    channel.closeFuture().addListener(closed -> closed(row.id()));
    long idleMillis = options.idleTimeout().toMillis();
    channel
        .pipeline()
        .addLast(new IdleStateHandler(idleMillis, 0, 0, TimeUnit.MILLISECONDS))
        .addLast(connection);
  }

  private void closed(String id) {
    open--;
    ports.connections().closed(id);
  }

  private void refuse(SocketChannel channel) {
    overLimit.increment();
    String words = options.maxConnections() + " connections are open (expected: fewer)";
    warn("connection_limit", "tcp-echo refused " + address(channel) + ": " + words);
    if (isLineMode() && told < MAX_TOLD) {
      told++;
      channel.closeFuture().addListener(closed -> told--);
      channel.pipeline().addLast(new Farewell(words));
    } else {
      channel.close();
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

  private SessionRecord row(SocketChannel channel) {
    NodeInfo self = ports.membership().self();
    return new SessionRecord(
        UUID.randomUUID().toString(),
        self.incarnation(),
        self.name(),
        "",
        "",
        address(channel),
        "tcp",
        System.currentTimeMillis(),
        SessionStats.NONE);
  }

  /** Empty when the client is gone already. */
  private static String address(SocketChannel channel) {
    InetSocketAddress remote = channel.remoteAddress();
    return remote == null ? "" : NetUtil.toSocketAddressString(remote);
  }

  private static Future<Void> future(io.netty.util.concurrent.Future<?> outcome) {
    Promise<Void> promise = Promise.promise();
    outcome.addListener(
        done -> {
          if (done.isSuccess()) {
            promise.complete();
          } else {
            promise.fail(done.cause());
          }
        });
    return promise.future();
  }

  private Counter refused(String reason) {
    return Counter.builder("carillon.tcp.echo.refused")
        .description("Connections that were closed because of a limit")
        .tag("reason", reason)
        .register(ports.meters());
  }
}
