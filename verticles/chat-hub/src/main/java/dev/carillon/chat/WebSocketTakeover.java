package dev.carillon.chat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.spi.metrics.TCPMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the channel of a WebSocket over from the HTTP connection of Vert.x, so that nothing of HTTP
 * stays in memory or on the way of a frame. The only class that knows internals of Vert.x: what it
 * relies on is checked at start ({@link TakeoverCheck}) and again with every connection.
 *
 * <p>The server must have no WebSocket handler of its own and no HTTP/2 in clear text. HTTP/2
 * connections can't be taken over.
 */
final class WebSocketTakeover {

  static final String HANDLER = "carillon-websocket";
  private static final String GUARD = "carillon-guard";
  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";
  private static final String EXTENSIONS = "webSocketExtensionHandler";

  /** Without these three it is not the pipeline that this class was written for. */
  private static final Set<String> EXPECTED = Set.of(DECODER, ENCODER, "handler");

  /**
   * All that Vert.x 5.0 may put there besides; anything unknown is refused, not removed blindly.
   * "h2c" is not among them: that handler takes itself out after the request, and must be there.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "ssl",
          "handshaker",
          "logging",
          "idle",
          "chunkedWriter",
          "inflater",
          "deflater",
          EXTENSIONS);

  private final HttpServerRequest request;
  private final ConnectionBase connection;
  private final ChannelPipeline pipeline;
  private final Guard guard = new Guard();

  private WebSocketTakeover(HttpServerRequest request, ConnectionBase connection) {
    this.request = request;
    this.connection = connection;
    this.pipeline = connection.channelHandlerContext().pipeline();
  }

  /**
   * Begins when the upgrade request is seen, on its event loop. Until {@link #complete}, which may
   * come later, whatever the client sends behind the request closes the connection: Vert.x would
   * answer it as HTTP, inside what the client takes for the WebSocket.
   *
   * @throws IllegalStateException when the pipeline is not the one of Vert.x 5.0
   */
  static WebSocketTakeover begin(HttpServerRequest request) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      throw new IllegalStateException(
          request.connection().getClass() + " (expected: a connection of Vert.x 5.0)");
    }
    var takeover = new WebSocketTakeover(request, connection);
    takeover.inspect();
    takeover.pipeline.addAfter(ENCODER, GUARD, takeover.guard);
    // It would confirm an extension in the 101 that nobody speaks afterwards.
    if (takeover.pipeline.get(EXTENSIONS) != null) {
      takeover.pipeline.remove(EXTENSIONS);
    }
    return takeover;
  }

  /** Whether the connection is still there to be taken. */
  boolean isAlive() {
    return pipeline.channel().isActive() && pipeline.get(GUARD) != null;
  }

  /**
   * Sends the 101 and hands the channel to the listener, with all bytes that came behind the
   * request. Request and response must not be touched afterwards.
   *
   * @param headers of the response
   */
  void complete(Map<String, String> headers, UpgradedSocket.Listener listener) {
    if (!isAlive()) {
      pipeline.channel().close();
      return;
    }
    var socket = new TakenSocket(connection, listener);
    HttpServerResponse response = request.response().setStatusCode(101);
    headers.forEach(response::putHeader);
    // RFC 9110 section 8.6: no Content-Length in a 1xx response; Vert.x would add one.
    response.headersEndHandler(ended -> response.headers().remove("content-length"));
    response.end();
    if (guard.answered) {
      take(socket);
      return;
    }
    // Vert.x is still busy with the response to a request before this one, and the encoder that it
    // needs for the 101 has to stay until then.
    guard.onceAnswered = () -> pipeline.channel().eventLoop().execute(() -> take(socket));
  }

  private void take(TakenSocket socket) {
    if (!isAlive()) {
      pipeline.channel().close();
      return;
    }
    pipeline.addLast(HANDLER, socket);
    for (String name : pipeline.names()) {
      if (isOfHttp(name)) {
        pipeline.remove(name);
      }
    }
    // Vert.x stops reading when many requests are pipelined, and is no longer there to resume.
    pipeline.channel().config().setAutoRead(true);
    // Last, because the decoder hands the bytes that it has not used yet to the next handler.
    pipeline.remove(DECODER);
    // Vert.x would have flushed the 101 when the read is complete.
    pipeline.flush();
  }

  private boolean isOfHttp(String name) {
    ChannelHandler handler = pipeline.get(name);
    return handler != null
        && !(handler instanceof SslHandler)
        && !name.equals(HANDLER)
        && !name.equals(DECODER);
  }

  private void inspect() {
    var unknown = new TreeSet<>(pipeline.names());
    if (!unknown.containsAll(EXPECTED)) {
      throw new IllegalStateException(
          "pipeline " + pipeline.names() + " (expected: " + new TreeSet<>(EXPECTED) + ")");
    }
    unknown.removeIf(name -> EXPECTED.contains(name) || KNOWN.contains(name));
    // The tail of every pipeline is in the list of names, but is no handler that can be found.
    unknown.removeIf(name -> pipeline.get(name) == null);
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "pipeline with " + unknown + " (expected: only handlers of Vert.x 5.0)");
    }
  }

  /** In: the end of the upgrade request and nothing else. Out: one response and nothing else. */
  private static final class Guard extends ChannelDuplexHandler {
    private boolean answered;
    private Runnable onceAnswered = () -> {};

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
        ctx.fireChannelRead(message);
      } else {
        ReferenceCountUtil.release(message);
        giveUp(ctx);
      }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (answered) {
        ReferenceCountUtil.release(message);
        promise.tryFailure(new IOException("a response behind the 101"));
        giveUp(ctx);
        return;
      }
      ctx.write(message, promise);
      if (message instanceof HttpResponse response && response.status().code() == 101) {
        answered = true;
        onceAnswered.run();
      }
    }

    private void giveUp(ChannelHandlerContext ctx) {
      ctx.pipeline().remove(this);
      ctx.close();
    }
  }

  /** The socket with what only Vert.x and Netty know of it. */
  private static final class TakenSocket extends UpgradedSocket {

    private final ContextInternal context;
    private final @Nullable TCPMetrics<Object> metrics;
    private final @Nullable Object metric;

    @SuppressWarnings("unchecked")
    TakenSocket(ConnectionBase connection, Listener listener) {
      super(listener);
      this.context = connection.context();
      this.metrics = (TCPMetrics<Object>) connection.metrics();
      this.metric = metrics == null ? null : connection.metric();
    }

    @Override
    Object enter() {
      ContextInternal previous = context.beginDispatch();
      return previous == null ? this : previous;
    }

    @Override
    void leave(Object previous) {
      context.endDispatch(previous == this ? null : (ContextInternal) previous);
    }

    @Override
    long pendingBytes(ChannelHandlerContext ctx) {
      Channel channel = ctx.channel();
      ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
      return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    boolean isShutdown(Object event) {
      return event instanceof ShutdownEvent;
    }

    @Override
    void disconnected(ChannelHandlerContext ctx) {
      if (metrics != null) {
        metrics.disconnected(metric, remoteAddress(ctx.channel()));
      }
    }

    /** Made again, because the one that was there at the beginning would wait here for hours. */
    private static @Nullable SocketAddress remoteAddress(Channel channel) {
      return channel.remoteAddress() instanceof InetSocketAddress address
          ? SocketAddress.inetSocketAddress(address)
          : null;
    }
  }
}
