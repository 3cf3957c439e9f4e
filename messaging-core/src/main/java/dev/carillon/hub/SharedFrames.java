package dev.carillon.hub;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Protocol;
import dev.carillon.protocol.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the event that is being delivered, for each encoding: encoded for the first
 * subscriber and given to all others. Events are told apart by identity.
 */
final class SharedFrames {

  private record Encoded(String channel, ChannelEvent event, Frame frame) {}

  // Owned by the event loop of the hub.
  private final @Nullable Encoded[] last = new Encoded[Encoding.values().length];

  Frame of(Protocol protocol, Encoding encoding, String channel, ChannelEvent event)
      throws ProtocolException {
    Encoded known = last[encoding.ordinal()];
    if (known != null && known.event == event && known.channel.equals(channel)) {
      return known.frame;
    }
    var frame = new Frame(protocol.encode(new EventPush(channel, event)));
    last[encoding.ordinal()] = new Encoded(channel, event, frame);
    return frame;
  }

  /** Nothing more of the last events will be asked for soon. */
  void clear() {
    Arrays.fill(last, null);
  }
}
