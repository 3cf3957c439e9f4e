package dev.carillon.wire;

/** Bytes that are not what their codec writes: truncated, oversized, or of another version. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    // No stack trace: malformed input says nothing about our code, and a flood of it must be cheap.
    super(message, null, false, false);
  }
}
