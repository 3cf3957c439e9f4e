package dev.carillon.hub;

import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ClientOptions;

/**
 * One client: a transport on one side, the session on the other. All calls come from the event loop
 * of its hub, on the context of its hub.
 */
public final class ClientConnection {

  private final Transport transport;
  private final Encoding encoding;
  private final ClientOptions options;
  private boolean closed;

  ClientConnection(Transport transport, Encoding encoding, ClientOptions options) {
    this.transport = transport;
    this.encoding = encoding;
    this.options = options;
  }

  /** How the frames of this client are encoded. */
  public Encoding encoding() {
    return encoding;
  }

  /**
   * Takes one whole message of the client, with one or more commands. A message that is no frame of
   * the protocol closes the connection (3501); nothing is thrown. After a close it is ignored.
   *
   * @param frame the payload without any framing; given away
   */
  public void received(byte[] frame) {
    if (!closed && frame.length == 0) {
      transport.close(Disconnect.BAD_REQUEST);
    }
    if (transport.queuedBytes() > options.queueMaxSize()) {
      transport.close(Disconnect.SLOW);
    }
  }

  /**
   * The socket is closed, by whichever side; nothing can be sent any more. Called once by the
   * transport; cleans up what {@link Transport#close} has not cleaned up already.
   */
  public void closed() {
    closed = true;
  }
}
