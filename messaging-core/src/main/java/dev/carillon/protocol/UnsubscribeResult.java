package dev.carillon.protocol;

/** The client is not in the channel any more. */
public record UnsubscribeResult() implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.unsubscribe(this);
  }
}
