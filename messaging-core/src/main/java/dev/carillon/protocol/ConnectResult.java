package dev.carillon.protocol;

/**
 * The client is connected.
 *
 * @param client its id, unique for each connection
 * @param version of the server; never empty
 * @param ttl seconds until it must refresh its token; 0: never
 * @param ping seconds between two pings of the server
 * @param pong whether the client must answer pings
 */
public record ConnectResult(String client, String version, long ttl, long ping, boolean pong)
    implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.connect(this);
  }
}
