package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import dev.carillon.hub.Transport;
import dev.carillon.protocol.Disconnect;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a WebSocket: from bytes to whole messages of a conversation. Nothing
 * reaches the conversation after the connection began to close.
 */
final class WebSocketReader
    implements UpgradedSocket.Listener, FrameListener, WebSocketTransport.Owner {

  /** Who talks to the client; in production the client connection of the hub. */
  interface Conversation {

    /** One whole message; given away. */
    void received(byte[] message);

    /** A pong frame, asked for or not. */
    void ponged();

    /** The client takes nothing any more; its transport is to be closed. */
    void stuck();

    /** Nothing can be sent any more. Called once. */
    void closed();
  }

  private final Function<Transport, Conversation> opener;
  private final WebSocketOptions options;
  private final Function<Bytes, ByteBuf> framing;
  private final boolean pingFrames;

  // Owned by the event loop of the socket.
  private @Nullable WebSocketTransport transport;
  private @Nullable Conversation conversation;
  private boolean broken;

  /** Null between two messages: most clients say little, and there are many of them. */
  private @Nullable FrameAssembler assembler;

  /**
   * @param opener begins the conversation on a transport that is ready
   * @param framing makes a frame of each message that the conversation sends
   * @param pingFrames whether the client wants ping frames
   */
  WebSocketReader(
      Function<Transport, Conversation> opener,
      WebSocketOptions options,
      Function<Bytes, ByteBuf> framing,
      boolean pingFrames) {
    this.opener = opener;
    this.options = options;
    this.framing = framing;
    this.pingFrames = pingFrames;
  }

  @Override
  public void opened(UpgradedSocket socket) {
    var opened = new WebSocketTransport(socket, options, framing, this, pingFrames);
    transport = opened;
    conversation = opener.apply(opened);
  }

  @Override
  public void stuck() {
    if (conversation != null) {
      conversation.stuck();
    }
  }

  @Override
  public void read(ByteBuf bytes) {
    if (broken) {
      return;
    }
    try {
      FrameAssembler current = assembler();
      current.feed(bytes, this);
      assembler = current.isIdle() ? null : current;
    } catch (FrameViolation violation) {
      broken = true;
      transport().fail(violation);
      closed();
    }
  }

  private FrameAssembler assembler() {
    return assembler == null
        ? new FrameAssembler(options.messageSizeLimit(), options.messageFragmentLimit())
        : assembler;
  }

  @Override
  public void readComplete() {
    transport().flush();
  }

  @Override
  public void onMessage(Bytes message, boolean text) {
    // The type is not checked: the reference server takes both (docs/PROTOCOL.md, "WebSocket").
    if (transport().isOpen() && conversation != null) {
      conversation.received(message.array());
    }
  }

  @Override
  public void onPing(Bytes payload) {
    transport().pong(payload);
  }

  @Override
  public void onPong() {
    // Unasked pongs are allowed (RFC 6455 section 5.5.3).
    if (conversation != null) {
      conversation.ponged();
    }
  }

  @Override
  public void onClose(int code) {
    transport().peerClosed(code);
    closed();
  }

  @Override
  public void shutdown() {
    transport().close(Disconnect.SHUTDOWN);
  }

  @Override
  public void gone() {
    transport().gone();
    closed();
  }

  private void closed() {
    Conversation known = conversation;
    conversation = null;
    if (known != null) {
      known.closed();
    }
  }

  private WebSocketTransport transport() {
    WebSocketTransport known = transport;
    if (known == null) {
      throw new IllegalStateException("no transport (expected: opened first)");
    }
    return known;
  }
}
