package dev.carillon.protocol;

/** A new token for a subscription, before the old one expires. */
public record SubRefreshRequest(long id, String channel, String token) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.subRefresh(this);
  }
}
