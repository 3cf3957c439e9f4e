package dev.carillon.protocol;

/** Who is in the channel? */
public record PresenceRequest(long id, String channel) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.presence(this);
  }
}
