package dev.carillon.protocol;

/**
 * The new token of the connection is in force.
 *
 * @param ttl seconds until the next refresh; 0: never
 */
public record RefreshResult(long ttl) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.refresh(this);
  }
}
