package dev.carillon.protocol;

/** How many are in the channel? */
public record PresenceStatsRequest(long id, String channel) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.presenceStats(this);
  }
}
