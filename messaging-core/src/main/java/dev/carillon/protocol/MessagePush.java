package dev.carillon.protocol;

import dev.carillon.channel.Bytes;

/** A message of the application behind the server to this client alone. */
public record MessagePush(Bytes data) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.message(this);
  }
}
