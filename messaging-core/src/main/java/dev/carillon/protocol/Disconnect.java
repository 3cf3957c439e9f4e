package dev.carillon.protocol;

import java.util.List;

/**
 * Why the server closes a connection. Codes 3000 to 3499 tell the SDK to reconnect, 3500 to 3999
 * not to; 4000 to 4499 and 4500 to 4999 are the same for reasons of the application
 * (docs/PROTOCOL.md, "Disconnect codes").
 *
 * @param reason at most {@link #MAX_REASON} bytes of UTF-8
 */
public record Disconnect(int code, String reason) implements Refusal {

  /** What a close frame has room for beside the code (RFC 6455 section 5.5). */
  public static final int MAX_REASON = 123;

  /** The client left. Never on the wire: the socket is simply closed. */
  public static final Disconnect CONNECTION_CLOSED = new Disconnect(3000, "connection closed");

  public static final Disconnect SHUTDOWN = new Disconnect(3001, "shutdown");
  public static final Disconnect INTERNAL_SERVER_ERROR =
      new Disconnect(3004, "internal server error");
  public static final Disconnect CONNECTION_EXPIRED = new Disconnect(3005, "connection expired");
  public static final Disconnect SUBSCRIPTION_EXPIRED =
      new Disconnect(3006, "subscription expired");
  public static final Disconnect SLOW = new Disconnect(3008, "slow");
  public static final Disconnect WRITE_ERROR = new Disconnect(3009, "write error");
  public static final Disconnect INSUFFICIENT_STATE = new Disconnect(3010, "insufficient state");
  public static final Disconnect FORCE_RECONNECT = new Disconnect(3011, "force reconnect");
  public static final Disconnect NO_PONG = new Disconnect(3012, "no pong");

  /** The SDK drops its token and its positions and connects again. */
  public static final Disconnect STATE_INVALIDATED = new Disconnect(3014, "state invalidated");

  public static final Disconnect INVALID_TOKEN = new Disconnect(3500, "invalid token");
  public static final Disconnect BAD_REQUEST = new Disconnect(3501, "bad request");
  public static final Disconnect STALE = new Disconnect(3502, "stale");
  public static final Disconnect FORCE_DISCONNECT = new Disconnect(3503, "force disconnect");
  public static final Disconnect CONNECTION_LIMIT = new Disconnect(3504, "connection limit");
  public static final Disconnect CHANNEL_LIMIT = new Disconnect(3505, "channel limit");
  public static final Disconnect INAPPROPRIATE_PROTOCOL =
      new Disconnect(3506, "inappropriate protocol");
  public static final Disconnect PERMISSION_DENIED = new Disconnect(3507, "permission denied");
  public static final Disconnect NOT_AVAILABLE = new Disconnect(3508, "not available");

  /** Those that the server has reasons of its own for. */
  public static final List<Disconnect> ALL =
      List.of(
          CONNECTION_CLOSED,
          SHUTDOWN,
          INTERNAL_SERVER_ERROR,
          CONNECTION_EXPIRED,
          SUBSCRIPTION_EXPIRED,
          SLOW,
          WRITE_ERROR,
          INSUFFICIENT_STATE,
          FORCE_RECONNECT,
          NO_PONG,
          STATE_INVALIDATED,
          INVALID_TOKEN,
          BAD_REQUEST,
          STALE,
          FORCE_DISCONNECT,
          CONNECTION_LIMIT,
          CHANNEL_LIMIT,
          INAPPROPRIATE_PROTOCOL,
          PERMISSION_DENIED,
          NOT_AVAILABLE);

  /** Whether SDKs connect again by themselves. */
  public boolean reconnects() {
    return code % 1_000 < 500;
  }
}
