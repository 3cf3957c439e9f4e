package dev.carillon.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message in a channel, as it was stored and as it is delivered.
 *
 * @param offset its number in the stream of the channel, 0 when the channel keeps no history
 * @param epoch the life of the stream that the offset belongs to, empty without history
 * @param data the payload, one JSON value when it came from a JSON client
 * @param info who published it; null when it was published through the server API
 * @param tags set by the publisher, for filters; empty when there are none
 * @param delta whether subscribers who can take it may get the difference to the publication before
 * @param time when it was stored, milliseconds since 1970 by the publisher's node
 */
public record Publication(
    long offset,
    String epoch,
    Bytes data,
    @Nullable ClientInfo info,
    Map<String, String> tags,
    boolean delta,
    long time)
    implements ChannelEvent {

  private static final int OVERHEAD = 64;

  public Publication {
    tags = Map.copyOf(tags);
  }

  /** One that is always sent whole. */
  public Publication(
      long offset,
      String epoch,
      Bytes data,
      @Nullable ClientInfo info,
      Map<String, String> tags,
      long time) {
    this(offset, epoch, data, info, tags, false, time);
  }

  public StreamPosition position() {
    return new StreamPosition(offset, epoch);
  }

  /** Whether it belongs to a stream; without a position it is only live. */
  public boolean positioned() {
    return offset > 0;
  }

  /** Bytes that it takes in memory and on the wire, roughly: what byte limits count. */
  public int weight() {
    return weight(data, info, tags);
  }

  static int weight(Bytes data, @Nullable ClientInfo info, Map<String, String> tags) {
    int weight = OVERHEAD + data.length();
    if (info != null) {
      weight += OVERHEAD + info.connInfo().length() + info.chanInfo().length();
    }
    for (var tag : tags.entrySet()) {
      weight += tag.getKey().length() + tag.getValue().length();
    }
    return weight;
  }
}
