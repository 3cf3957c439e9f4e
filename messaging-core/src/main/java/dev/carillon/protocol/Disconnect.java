package dev.carillon.protocol;

/**
 * Why the server closes a connection. Codes 3000 to 3499 tell the SDK to reconnect, 3500 to 3999
 * not to (docs/PROTOCOL.md, "Disconnect codes").
 */
public enum Disconnect implements Refusal {
  /** The client left. Never on the wire: the socket is simply closed. */
  CONNECTION_CLOSED(3000, "connection closed"),
  SHUTDOWN(3001, "shutdown"),
  INTERNAL_SERVER_ERROR(3004, "internal server error"),
  CONNECTION_EXPIRED(3005, "connection expired"),
  SUBSCRIPTION_EXPIRED(3006, "subscription expired"),
  SLOW(3008, "slow"),
  WRITE_ERROR(3009, "write error"),
  INSUFFICIENT_STATE(3010, "insufficient state"),
  FORCE_RECONNECT(3011, "force reconnect"),
  NO_PONG(3012, "no pong"),
  /** The SDK drops its token and its positions and connects again. */
  STATE_INVALIDATED(3014, "state invalidated"),
  INVALID_TOKEN(3500, "invalid token"),
  BAD_REQUEST(3501, "bad request"),
  STALE(3502, "stale"),
  FORCE_DISCONNECT(3503, "force disconnect"),
  CONNECTION_LIMIT(3504, "connection limit"),
  CHANNEL_LIMIT(3505, "channel limit"),
  INAPPROPRIATE_PROTOCOL(3506, "inappropriate protocol"),
  PERMISSION_DENIED(3507, "permission denied"),
  NOT_AVAILABLE(3508, "not available");

  private final int code;
  private final String reason;

  Disconnect(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** Whether SDKs connect again by themselves. */
  public boolean reconnects() {
    return code < 3500;
  }
}
