package dev.carillon.protocol;

/**
 * What can't be said in the protocol, by the client or to it. The message says why, for a log at
 * debug level; the client gets the disconnect only.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Disconnect disconnect;

  public ProtocolException(Disconnect disconnect, String message) {
    // A client can cause as many as it likes: no stack trace.
    super(message, null, false, false);
    this.disconnect = disconnect;
  }

  /** With which code the connection is closed. */
  public Disconnect disconnect() {
    return disconnect;
  }
}
