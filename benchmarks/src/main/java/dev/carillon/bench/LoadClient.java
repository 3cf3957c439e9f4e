package dev.carillon.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One client: connects, subscribes, answers pings and counts what arrives, as cheaply as it can.
 */
class LoadClient extends ByteToMessageDecoder {

  private static final byte[] PING = {'{', '}'};

  private final LoadCounts counts;
  private final String commands;
  private final boolean timed;
  private int replies;
  private boolean upgraded;
  private volatile boolean leaving;

  /**
   * @param commands what it sends first; as many replies are awaited as there are lines
   * @param timed whether it reads the times in publications
   */
  LoadClient(LoadCounts counts, String commands, boolean timed) {
    this.counts = counts;
    this.commands = commands;
    this.timed = timed;
    this.replies = (int) commands.lines().count();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    String request =
        "GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    ctx.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!upgraded) {
      int end = endOfHead(in);
      if (end < 0) {
        return;
      }
      in.readerIndex(end);
      upgraded = true;
      ctx.writeAndFlush(frame(commands));
    }
    while (frame(ctx, in)) {}
  }

  private static int endOfHead(ByteBuf in) {
    for (int i = in.readerIndex(); i + 3 < in.writerIndex(); i++) {
      if (in.getInt(i) == 0x0D0A0D0A) {
        return i + 4;
      }
    }
    return -1;
  }

  private boolean frame(ChannelHandlerContext ctx, ByteBuf in) {
    int at = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int length = in.getByte(at + 1) & 0x7F;
    int head = 2;
    if (length == 126) {
      head = 4;
      if (available < head) {
        return false;
      }
      length = in.getUnsignedShort(at + 2);
    } else if (length == 127) {
      head = 10;
      if (available < head) {
        return false;
      }
      length = (int) in.getLong(at + 2);
    }
    if (available < head + length) {
      return false;
    }
    int opcode = in.getByte(at) & 0xF;
    if (opcode == 8) {
      throw new IllegalStateException("closed with " + in.getUnsignedShort(at + head));
    }
    lines(ctx, in, at + head, at + head + length);
    in.readerIndex(at + head + length);
    return true;
  }

  private void lines(ChannelHandlerContext ctx, ByteBuf in, int from, int to) {
    int start = from;
    while (start < to) {
      int newline = in.forEachByte(start, to - start, ByteProcessor.FIND_LF);
      int end = newline < 0 ? to : newline;
      line(ctx, in, start, end);
      start = end + 1;
    }
  }

  private void line(ChannelHandlerContext ctx, ByteBuf in, int from, int to) {
    if (to - from == PING.length) {
      ctx.writeAndFlush(frame("{}"));
    } else if (replies > 0) {
      if (--replies == 0) {
        counts.ready.incrementAndGet();
        ready(ctx);
      }
    } else if (in.getByte(from + 2) == 'p') {
      counts.delivered++;
      if (timed) {
        time(in, from, to);
      }
    } else {
      reply(ctx, in, from, to);
    }
  }

  /** All its first commands were answered. */
  void ready(ChannelHandlerContext ctx) {}

  /** A later command was answered, with what is between these indices. */
  void reply(ChannelHandlerContext ctx, ByteBuf in, int from, int to) {}

  private void time(ByteBuf in, int from, int to) {
    String line = in.toString(from, to - from, StandardCharsets.US_ASCII);
    int at = line.indexOf("\"t\":");
    if (at > 0) {
      int end = line.indexOf(',', at);
      counts.latencies.add(System.nanoTime() - Long.parseLong(line.substring(at + 4, end)));
    }
  }

  /** A masked text frame (RFC 6455, section 5.2); the mask is zero, which is a mask too. */
  static ByteBuf frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = Unpooled.buffer(payload.length + 8);
    frame.writeByte(0x81);
    if (payload.length < 126) {
      frame.writeByte(0x80 | payload.length);
    } else {
      frame.writeByte(0x80 | 126).writeShort(payload.length);
    }
    return frame.writeInt(0).writeBytes(payload);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    counts.failed.compareAndSet(null, cause.toString());
    ctx.close();
  }

  /** Closes the connection, which is no failure then. */
  void leave(Channel channel) throws InterruptedException {
    leaving = true;
    channel.close().sync();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!leaving) {
      counts.failed.compareAndSet(null, "a connection was closed");
    }
  }
}
