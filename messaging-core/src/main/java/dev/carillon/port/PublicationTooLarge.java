package dev.carillon.port;

/**
 * A publication is larger than everything that a stream may hold ({@code
 * broker.history_max_bytes}). It was not stored, and nobody else's were held up. Clients get error
 * 106 (limit exceeded).
 */
public final class PublicationTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PublicationTooLarge(String channel, int bytes, int max) {
    super(
        "a publication of "
            + bytes
            + " bytes to "
            + channel
            + " (expected: at most broker.history_max_bytes = "
            + max
            + ")");
  }
}
