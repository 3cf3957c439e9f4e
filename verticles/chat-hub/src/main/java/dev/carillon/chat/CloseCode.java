package dev.carillon.chat;

/**
 * Close codes that the WebSocket layer itself sends (RFC 6455 section 7.4.1). Those of the protocol
 * above are {@link dev.carillon.protocol.Disconnect}.
 */
enum CloseCode {
  /** The purpose of the connection is fulfilled. */
  NORMAL(1000),
  /** The server goes down. */
  GOING_AWAY(1001),
  /** The peer broke RFC 6455. */
  PROTOCOL_ERROR(1002),
  /** A text message or close reason was not UTF-8. */
  INVALID_DATA(1007),
  /** The peer did something that is allowed but bounded here. */
  POLICY_VIOLATION(1008),
  /** A message was larger than the limit. */
  TOO_BIG(1009);

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * Whether a peer may send this code. 1004, 1005, 1006 and 1015 are reserved (section 7.4.1), 1012
   * to 1014 are registered with IANA, 3000 to 4999 belong to libraries and applications (section
   * 7.4.2).
   */
  static boolean mayBeReceived(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
