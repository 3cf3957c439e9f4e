package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;

/**
 * The server has subscribed the client.
 *
 * @param positioned whether the server checks that nothing is missing
 * @param recoverable whether the client may recover from its position later
 * @param position where the subscription starts; {@link StreamPosition#NONE} when not positioned
 * @param data for the client; empty when there is none
 */
public record SubscribePush(
    String channel, boolean positioned, boolean recoverable, StreamPosition position, Bytes data)
    implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.subscribe(this);
  }
}
