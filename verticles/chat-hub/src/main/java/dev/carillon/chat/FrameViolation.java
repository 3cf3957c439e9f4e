package dev.carillon.chat;

/**
 * What a peer sent can't be accepted: the connection ends with this code. The message names the
 * rule and its clause, never the payload, and is the reason of the close frame.
 */
final class FrameViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CloseCode code;

  FrameViolation(CloseCode code, String reason) {
    // No stack trace: it would be the same each time, and a hostile peer could ask for millions.
    super(reason, null, false, false);
    this.code = code;
  }

  CloseCode code() {
    return code;
  }
}
