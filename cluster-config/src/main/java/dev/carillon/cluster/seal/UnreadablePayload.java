package dev.carillon.cluster.seal;

/** A stream holds something that this node can't open. The message says what and why. */
public final class UnreadablePayload extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadablePayload(String message) {
    super(message);
  }
}
