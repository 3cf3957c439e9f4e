package dev.carillon.protocol;

/** The server has ended the subscription. */
public record UnsubscribePush(String channel, UnsubscribeCode code) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.unsubscribe(this);
  }
}
