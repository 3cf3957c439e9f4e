package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import dev.carillon.hub.Frame;
import dev.carillon.hub.Transport;
import dev.carillon.protocol.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a WebSocket and its way from open to closed (RFC 6455 sections 5.5.1 and 7).
 *
 * <p>After a close frame nothing is sent any more; the socket stays until the peer has answered it,
 * at most {@link WebSocketOptions#closeTimeout}. A peer that takes no byte for {@link
 * WebSocketOptions#writeTimeout} while frames wait is dropped.
 */
final class WebSocketTransport implements Transport {

  /** Who closes this. */
  interface Owner {

    /** The peer has taken nothing for too long. */
    void stuck();
  }

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);

  private final UpgradedSocket socket;
  private final WebSocketOptions options;
  private final Function<Bytes, ByteBuf> framing;
  private final Owner owner;
  private final boolean pingFrames;

  // Owned by the event loop of the socket.
  private State state = State.OPEN;
  private @Nullable ScheduledFuture<?> writeWatch;
  private @Nullable ScheduledFuture<?> closeWatch;

  /**
   * @param framing makes a frame of a message, of the one type that this socket sends
   * @param pingFrames whether the client wants ping frames
   */
  WebSocketTransport(
      UpgradedSocket socket,
      WebSocketOptions options,
      Function<Bytes, ByteBuf> framing,
      Owner owner,
      boolean pingFrames) {
    this.socket = socket;
    this.options = options;
    this.framing = framing;
    this.owner = owner;
    this.pingFrames = pingFrames;
  }

  @Override
  public String name() {
    return "websocket";
  }

  @Override
  public String remoteAddress() {
    return socket.remoteAddress();
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  @Override
  public void send(Frame frame) {
    if (state == State.OPEN) {
      ByteBuf shared = frame.framed(framing);
      write(shared.retainedDuplicate());
    }
  }

  @Override
  public boolean hasPings() {
    return pingFrames;
  }

  @Override
  public boolean ping() {
    if (pingFrames && state == State.OPEN) {
      write(FrameEncoder.ping());
      flush();
    }
    return pingFrames;
  }

  /**
   * Answers a ping (RFC 6455 section 5.5.2), unless the peer does not take what it has: section
   * 5.5.3 lets a later pong answer for it, and a flood of pings must not fill the queue.
   */
  void pong(Bytes payload) {
    if (state == State.OPEN && socket.takesMore()) {
      write(FrameEncoder.pong(payload));
    }
  }

  private void write(ByteBuf frame) {
    socket.write(frame);
    if (socket.isFull() && writeWatch == null) {
      watchWrites(socket.taken());
    }
  }

  private void watchWrites(long takenBefore) {
    writeWatch =
        socket.after(
            options.writeTimeout(),
            () -> {
              writeWatch = null;
              if (socket.isFull() && socket.taken() == takenBefore) {
                drop();
              } else if (socket.isFull()) {
                watchWrites(socket.taken());
              }
            });
  }

  private void drop() {
    if (state == State.OPEN) {
      owner.stuck();
    } else {
      socket.close();
    }
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void reading(boolean wanted) {
    socket.reading(wanted);
  }

  @Override
  public long queuedBytes() {
    return socket.queuedBytes();
  }

  @Override
  public void close(Disconnect disconnect) {
    if (state != State.OPEN) {
      return;
    }
    if (disconnect.equals(Disconnect.CONNECTION_CLOSED)
        || disconnect.equals(Disconnect.WRITE_ERROR)) {
      state = State.CLOSING;
      socket.close();
      return;
    }
    if (disconnect.equals(Disconnect.SLOW)) {
      // The queue is the problem: what has not begun to leave never will.
      socket.discard();
    }
    begin(FrameEncoder.close(disconnect.code(), disconnect.reason()));
  }

  /** Section 7.1.7: the peer broke the rules; its bytes mean nothing any more. */
  void fail(FrameViolation violation) {
    if (state == State.OPEN) {
      LOG.info(
          "{}: closed with {}, {}",
          remoteAddress(),
          violation.code().code(),
          violation.getMessage());
      begin(FrameEncoder.close(violation.code().code(), String.valueOf(violation.getMessage())));
      socket.endAfterFlush();
    } else {
      socket.close();
    }
  }

  /** The peer's close frame: the answer to ours, or ours is the answer to it (section 5.5.1). */
  void peerClosed(int code) {
    if (state == State.OPEN) {
      socket.discard();
      begin(code == 1005 ? FrameEncoder.close() : FrameEncoder.close(code, ""));
    }
    // Section 7.1.1: the server closes the TCP connection first.
    socket.closeAfterFlush();
  }

  private void begin(ByteBuf closeFrame) {
    state = State.CLOSING;
    socket.write(closeFrame);
    socket.flush();
    // A peer that does not want to be closed must not hold the socket.
    socket.reading(true);
    closeWatch = socket.after(options.closeTimeout(), socket::close);
  }

  /** The socket is closed: nothing may be left that holds on to it. */
  void gone() {
    state = State.CLOSED;
    if (writeWatch != null) {
      writeWatch.cancel(false);
    }
    if (closeWatch != null) {
      closeWatch.cancel(false);
    }
  }
}
