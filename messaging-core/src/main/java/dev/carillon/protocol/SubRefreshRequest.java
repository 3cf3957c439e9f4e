package dev.carillon.protocol;

/**
 * A new token for a subscription, before the old one expires.
 *
 * @param type 0 for that; others belong to kinds of channels that are not offered
 */
public record SubRefreshRequest(long id, String channel, String token, int type)
    implements Command {

  public SubRefreshRequest(long id, String channel, String token) {
    this(id, channel, token, 0);
  }

  @Override
  public void dispatch(CommandHandler handler) {
    handler.subRefresh(this);
  }
}
