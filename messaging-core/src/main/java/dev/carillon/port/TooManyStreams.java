package dev.carillon.port;

/**
 * There is no room for the stream of another channel ({@code channel.max_streams}): it is not
 * created, and streams that exist go on. Clients get error 100, because unused streams are
 * forgotten soon.
 */
public final class TooManyStreams extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TooManyStreams(String channel, int max) {
    super(
        "no stream for "
            + channel
            + ": there are as many as channel.max_streams = "
            + max
            + " (expected: fewer)");
  }
}
