package dev.carillon.protocol;

/** Leave the channel; fine when the client is not in it. */
public record UnsubscribeRequest(long id, String channel) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.unsubscribe(this);
  }
}
