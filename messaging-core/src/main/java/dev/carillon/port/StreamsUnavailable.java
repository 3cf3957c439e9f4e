package dev.carillon.port;

/**
 * A stream cannot be reached, or nobody can say whether it was changed: the same may succeed a
 * moment later. Clients get error 100 (temporary).
 */
public final class StreamsUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StreamsUnavailable(String message) {
    super(message);
  }

  public StreamsUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
