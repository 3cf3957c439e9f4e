package dev.carillon.protocol;

import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.List;

/**
 * The client is subscribed.
 *
 * @param positioned whether the server checks that nothing is missing
 * @param recoverable whether the client may recover from its position later
 * @param position where the subscription starts: when recovered, that of the request, which the
 *     publications advance; {@link StreamPosition#NONE} when not positioned
 * @param wasRecovering whether recovery was asked for
 * @param recovered whether {@code publications} are all that was missed
 * @param publications in ascending order
 * @param ttl seconds until the subscription must be refreshed; 0: never
 */
public record SubscribeResult(
    boolean positioned,
    boolean recoverable,
    StreamPosition position,
    boolean wasRecovering,
    boolean recovered,
    List<Publication> publications,
    long ttl)
    implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.subscribe(this);
  }
}
