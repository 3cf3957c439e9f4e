package dev.carillon.protocol;

/** A new token for the connection, before the old one expires. */
public record RefreshRequest(long id, String token) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.refresh(this);
  }
}
