package dev.carillon.protocol;

import dev.carillon.channel.Bytes;

/**
 * A message to the application behind the server, which gets no reply.
 *
 * @param id 0 as a rule; not repeated anywhere
 */
public record SendRequest(long id, Bytes data) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.send(this);
  }
}
