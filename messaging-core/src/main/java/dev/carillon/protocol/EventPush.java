package dev.carillon.protocol;

import dev.carillon.channel.ChannelEvent;

/** A publication as it is, a join or a leave. */
public record EventPush(String channel, ChannelEvent event) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.event(this);
  }
}
