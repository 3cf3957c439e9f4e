package dev.carillon.protocol;

/**
 * The server has changed when the connection expires.
 *
 * @param ttl seconds until the client must refresh; 0: never
 */
public record RefreshPush(long ttl) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.refresh(this);
  }
}
