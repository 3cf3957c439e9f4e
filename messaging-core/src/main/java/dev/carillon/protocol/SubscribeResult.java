package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
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
 * @param delta whether payloads are sent as patches where that is shorter
 * @param data from the token or the application behind the server; empty when there is none
 * @param ttl seconds until the subscription must be refreshed; 0: never
 */
public record SubscribeResult(
    boolean positioned,
    boolean recoverable,
    StreamPosition position,
    boolean wasRecovering,
    boolean recovered,
    List<SentPublication> publications,
    boolean delta,
    Bytes data,
    long ttl)
    implements Result {

  public SubscribeResult {
    publications = List.copyOf(publications);
  }

  @Override
  public void dispatch(ResultHandler handler) {
    handler.subscribe(this);
  }
}
