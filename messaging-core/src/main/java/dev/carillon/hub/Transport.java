package dev.carillon.hub;

import dev.carillon.protocol.Disconnect;

/**
 * One socket's way to move frames; it knows nothing of the protocol inside them. All calls come
 * from the event loop that owns the socket.
 */
public interface Transport {

  /** For tables and metrics, for example {@code websocket}. */
  String name();

  /** Remote host and port. */
  String remoteAddress();

  /**
   * Queues the frame. The same frame may be given to many transports; it is encoded and framed
   * once. The frame's maker releases the framed form when this returns or later in the same turn of
   * the event loop, so a transport that keeps it retains it.
   */
  void send(Frame frame);

  /** Writes what is queued to the socket; called once at the end of a batch. */
  void flush();

  /**
   * Stops or resumes reading from the socket, so that a client that sends faster than the server
   * can work is held up by TCP. Frames that were read already may still be delivered.
   */
  void reading(boolean wanted);

  /** Whether the client wants pings of the transport's own kind instead of the protocol's. */
  default boolean hasPings() {
    return false;
  }

  /** Sends such a ping at once; false when it has to be one of the protocol. */
  default boolean ping() {
    return false;
  }

  /** Bytes that were sent but not yet taken by the operating system. */
  long queuedBytes();

  /**
   * Closes with the code of the disconnect, after what is queued was written (not for 3008, where
   * the queue is the problem). {@link Disconnect#CONNECTION_CLOSED} closes without a close frame.
   */
  void close(Disconnect disconnect);
}
