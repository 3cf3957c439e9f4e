package dev.carillon.protocol;

/** Why the server ends a subscription (docs/PROTOCOL.md, "Unsubscribe codes"). */
public enum UnsubscribeCode {
  /** Somebody ended it: the SDK does not subscribe again. */
  SERVER_UNSUBSCRIBE(2000, "server unsubscribe"),
  /** Publications are missing: the SDK subscribes again at once and recovers. */
  INSUFFICIENT_STATE(2500, "insufficient state"),
  /** Its token was not refreshed in time: the SDK subscribes again with a new one. */
  SUBSCRIPTION_EXPIRED(2501, "subscription expired"),
  /** The SDK drops token and position and subscribes again. */
  STATE_INVALIDATED(2502, "state invalidated");

  private final int code;
  private final String reason;

  UnsubscribeCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}
