package dev.carillon.protocol;

/**
 * The new token of the subscription is in force.
 *
 * @param ttl seconds until the next refresh; 0: never
 */
public record SubRefreshResult(long ttl) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.subRefresh(this);
  }
}
