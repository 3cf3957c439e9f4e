package dev.carillon.protocol;

/** The answer to a ping: an empty command. */
public record Pong() implements Command {

  public static final Pong PONG = new Pong();

  @Override
  public long id() {
    return 0;
  }

  @Override
  public void dispatch(CommandHandler handler) {
    handler.pong(this);
  }
}
