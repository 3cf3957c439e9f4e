package dev.carillon.tcpecho;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Tells a client why it has to go, and closes once it had the time to read it. Until then input is
 * read and dropped: closing with unread input makes TCP send a reset, which can destroy the words
 * before the client sees them.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

  private static final long LINGER_MILLIS = 250;

  private final String words;

  Farewell(String words) {
    this.words = words;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext client) {
    byte[] line = ("error: " + words + "\n").getBytes(StandardCharsets.UTF_8);
    client.writeAndFlush(Unpooled.wrappedBuffer(line));
    client.channel().config().setAutoRead(true);
    client.executor().schedule(() -> client.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext client, Object dropped) {
    ReferenceCountUtil.release(dropped);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext client, Throwable reset) {
    client.close();
  }
}
