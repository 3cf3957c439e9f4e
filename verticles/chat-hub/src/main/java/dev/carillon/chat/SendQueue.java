package dev.carillon.chat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait for a socket that takes no more. Whole frames only, so that what waits can be
 * thrown away and a close frame sent in its place. Owned by the event loop of the connection.
 */
final class SendQueue {

  /** None until the socket is full for the first time: most never are. */
  private @Nullable ArrayDeque<ByteBuf> frames;

  private long bytes;

  /** Takes over the reference. */
  void add(ByteBuf frame) {
    if (frames == null) {
      frames = new ArrayDeque<>();
    }
    frames.add(frame);
    bytes += frame.readableBytes();
  }

  /** Gives the reference away; null when nothing waits. */
  @Nullable ByteBuf poll() {
    ByteBuf frame = frames == null ? null : frames.poll();
    if (frame != null) {
      bytes -= frame.readableBytes();
    }
    return frame;
  }

  boolean isEmpty() {
    return frames == null || frames.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  void clear() {
    for (ByteBuf frame = poll(); frame != null; frame = poll()) {
      frame.release();
    }
  }
}
