package dev.carillon.protocol;

import dev.carillon.channel.Bytes;

/**
 * Publish into the channel.
 *
 * @param data one JSON value; empty when there is none
 * @param type 0 for streams, the only kind of channel that is offered
 */
public record PublishRequest(long id, String channel, Bytes data, int type) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.publish(this);
  }
}
