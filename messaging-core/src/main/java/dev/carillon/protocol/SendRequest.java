package dev.carillon.protocol;

/** A message to the application behind the server, of which there is none: it is refused. */
public record SendRequest(long id) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.send(this);
  }
}
