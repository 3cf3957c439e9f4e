package dev.carillon.bench;

import dev.carillon.hub.Frame;
import dev.carillon.hub.Transport;
import dev.carillon.protocol.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Takes frames as a socket does, and forgets them. */
final class MemoryTransport implements Transport {

  private final FlushCount flushes;

  MemoryTransport(FlushCount flushes) {
    this.flushes = flushes;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String remoteAddress() {
    return "127.0.0.1:1";
  }

  @Override
  public void send(Frame frame) {
    ByteBuf shared = frame.framed(payload -> Unpooled.wrappedBuffer(payload.array()));
    shared.retain();
    shared.release();
  }

  @Override
  public void flush() {
    flushes.flushed();
  }

  @Override
  public void reading(boolean wanted) {}

  @Override
  public long queuedBytes() {
    return 0;
  }

  @Override
  public void close(Disconnect disconnect) {
    throw new IllegalStateException(disconnect.toString());
  }
}
