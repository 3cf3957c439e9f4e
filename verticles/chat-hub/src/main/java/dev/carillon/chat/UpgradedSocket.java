package dev.carillon.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket after its take-over: bytes in both directions and nothing of HTTP. It is the last
 * handler of the pipeline; before it there is TLS at most.
 *
 * <p>All methods are called, and call the listener, on the event loop of the socket.
 */
abstract class UpgradedSocket extends ChannelDuplexHandler {

  /** What happens on the socket. Called on the Vert.x context of the connection. */
  interface Listener {

    /** Before anything else. */
    void opened(UpgradedSocket socket);

    /** The buffer is valid during the call only. */
    void read(ByteBuf bytes);

    /** Nothing more is there to be read for now. */
    void readComplete();

    /** The server is shut down: say good-bye. */
    void shutdown();

    /** The socket is closed. Called once, after which nothing is called. */
    void gone();
  }

  private enum Ending {
    NONE,
    HALF,
    CLOSE
  }

  private static final Logger LOG = LoggerFactory.getLogger(UpgradedSocket.class);

  private final Listener listener;

  // Owned by the event loop of the socket.
  private @Nullable ChannelHandlerContext ctx;
  private final SendQueue queue = new SendQueue();
  private long given;
  private boolean dirty;
  private boolean gone;
  private Ending ending = Ending.NONE;

  UpgradedSocket(Listener listener) {
    this.listener = listener;
  }

  /** Enters the Vert.x context of the connection, which Netty knows nothing of. */
  abstract Object enter();

  /** Leaves it again; {@code previous} is what {@link #enter} returned. */
  abstract void leave(Object previous);

  /** Bytes that were written but not yet taken by the operating system. */
  abstract long pendingBytes(ChannelHandlerContext ctx);

  abstract boolean isShutdown(Object event);

  /** Tells the metrics that the connection is over: nobody else does after the take-over. */
  abstract void disconnected(ChannelHandlerContext ctx);

  /** Takes over the reference; the bytes leave with the next {@link #flush}. */
  void write(ByteBuf frame) {
    given += frame.readableBytes();
    if (gone) {
      frame.release();
    } else if (takesMore()) {
      ctx().write(frame, ctx().voidPromise());
      dirty = true;
    } else {
      queue.add(frame);
    }
  }

  void flush() {
    if (dirty && !gone) {
      dirty = false;
      ctx().flush();
    }
  }

  /** Bytes on this side of the operating system. */
  long queuedBytes() {
    return gone ? 0 : queue.bytes() + pendingBytes(ctx());
  }

  /** Whether a frame would go straight to the channel. */
  boolean takesMore() {
    return queue.isEmpty() && ctx().channel().isWritable();
  }

  /** Whether frames wait because the socket takes no more. */
  boolean isFull() {
    return !queue.isEmpty();
  }

  /** Grows whenever the operating system takes a byte. */
  long taken() {
    return given - queuedBytes();
  }

  /** Throws away what waits; frames of which a part may have left are kept. */
  void discard() {
    given -= queue.bytes();
    queue.clear();
  }

  void reading(boolean wanted) {
    ctx().channel().config().setAutoRead(wanted);
  }

  /**
   * Closes at once; what is queued is lost. Below TLS, which would wait for a socket that takes
   * nothing to take its farewell.
   */
  void close() {
    ctx().pipeline().firstContext().close();
  }

  /** Closes as soon as everything that was written has left. */
  void closeAfterFlush() {
    ending = Ending.CLOSE;
    endWhenEmpty();
  }

  /**
   * Ends the sending half as soon as everything has left. The peer sees the end at once, while a
   * full close with unread bytes would reset the connection and could take the last frame with it.
   */
  void endAfterFlush() {
    ending = Ending.HALF;
    endWhenEmpty();
  }

  private void endWhenEmpty() {
    if (ending == Ending.NONE || !queue.isEmpty() || gone) {
      return;
    }
    boolean half = ending == Ending.HALF && ctx().channel() instanceof DuplexChannel;
    ending = Ending.NONE;
    ChannelFuture flushed = ctx().writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (half) {
      flushed.addListener(written -> ((DuplexChannel) ctx().channel()).shutdownOutput());
    } else {
      flushed.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Runs the task on the context of the connection. */
  ScheduledFuture<?> after(Duration delay, Runnable task) {
    return ctx().executor().schedule(() -> dispatch(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Address and port of the other side, an IPv6 address in brackets. */
  String remoteAddress() {
    return ctx().channel().remoteAddress() instanceof InetSocketAddress address
        ? NetUtil.toSocketAddressString(address)
        : "";
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    try {
      dispatch(() -> listener.opened(this));
    } catch (RuntimeException failed) {
      // Netty would take this handler out and leave a socket that nobody owns.
      exceptionCaught(added, failed);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    // Anything else is the end of the HTTP request, which the decoder hands over when it is
    // removed.
    if (message instanceof ByteBuf bytes) {
      Object previous = enter();
      try {
        listener.read(bytes);
      } finally {
        leave(previous);
        bytes.release();
      }
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    dispatch(listener::readComplete);
    flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    while (ctx.channel().isWritable()) {
      ByteBuf frame = queue.poll();
      if (frame == null) {
        break;
      }
      ctx.write(frame, ctx.voidPromise());
      dirty = true;
    }
    flush();
    endWhenEmpty();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (isShutdown(event)) {
      dispatch(listener::shutdown);
    } else {
      ReferenceCountUtil.release(event);
    }
  }

  /** Somebody outside closes the channel: the server, when its grace is over. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!gone) {
      dispatch(listener::shutdown);
    }
    ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!gone) {
      gone = true;
      queue.clear();
      disconnected(ctx);
      dispatch(listener::gone);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The TLS handler wraps what it says of bytes that are no TLS, which any stranger can send.
    if (!(cause instanceof IOException) && !(cause.getCause() instanceof IOException)) {
      LOG.error("{}: closed after a failure", remoteAddress(), cause);
    }
    ctx.close();
  }

  private void dispatch(Runnable task) {
    Object previous = enter();
    try {
      task.run();
    } finally {
      leave(previous);
    }
  }

  private ChannelHandlerContext ctx() {
    ChannelHandlerContext known = ctx;
    if (known == null) {
      throw new IllegalStateException("no channel (expected: added to a pipeline)");
    }
    return known;
  }
}
