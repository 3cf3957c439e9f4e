package dev.carillon.tcpecho;

import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. While more than 64 KiB of answers wait for the network (Netty's high water mark),
 * nothing is read from it: a client that does not read is stopped by TCP and not buffered here.
 */
final class EchoConnection extends ChannelInboundHandlerAdapter implements Connections.Connection {

  private static final Logger LOG = LoggerFactory.getLogger(EchoConnection.class);

  private final SocketChannel channel;
  private final SessionRecord opened;
  private final @Nullable LineEcho lines;
  private final Runnable lineTooLong;

  // Written on the event loop only; the record inside is what other threads see.
  private volatile SessionStats stats = SessionStats.NONE;

  /**
   * @param opened the row of this connection when nothing was sent yet
   * @param lines answers lines; null echoes raw bytes
   * @param lineTooLong runs when a line was over the limit, before the connection is closed
   */
  EchoConnection(
      SocketChannel channel, SessionRecord opened, @Nullable LineEcho lines, Runnable lineTooLong) {
    this.channel = channel;
    this.opened = opened;
    this.lines = lines;
    this.lineTooLong = lineTooLong;
  }

  @Override
  public SessionRecord record() {
    return opened.withStats(stats);
  }

  @Override
  public void end(EndReason reason) {
    // An echo needs nothing of a cluster.
    if (reason != EndReason.FENCED) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext client, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (lines == null) {
      count(bytes.readableBytes(), bytes.readableBytes(), 1);
      client.write(bytes);
      return;
    }
    Buffer received = Buffer.buffer(ByteBufUtil.getBytes(bytes));
    ReferenceCountUtil.release(bytes);
    LineEcho.Answer answer = lines.answer(received);
    count(received.length(), answer.bytes().length(), answer.lines());
    client.write(Unpooled.wrappedBuffer(answer.bytes().getBytes()));
    if (answer.tooLong()) {
      lineTooLong.run();
      client.pipeline().replace(this, "farewell", new Farewell("line too long"));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext client) {
    client.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext client) {
    channel.config().setAutoRead(channel.isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext client, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      // The client has said all; it gets all of it back before we close as well.
      client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else if (event instanceof IdleStateEvent) {
      client.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext client, Throwable reset) {
    // A reset by the peer is its way to leave.
    LOG.debug("{} {}", opened.address(), reset.toString());
    client.close();
  }

  private void count(int bytesIn, int bytesOut, int messages) {
    SessionStats before = stats;
    stats =
        new SessionStats(
            before.rttMillis(),
            before.channels(),
            before.bytesIn() + bytesIn,
            before.bytesOut() + bytesOut,
            before.messagesIn() + messages,
            before.messagesOut() + messages);
  }
}
