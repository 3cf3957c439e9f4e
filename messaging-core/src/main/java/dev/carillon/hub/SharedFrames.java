package dev.carillon.hub;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.DeltaPush;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Protocol;
import dev.carillon.protocol.ProtocolException;
import dev.carillon.protocol.SentPublication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the event that is being delivered, for each encoding: as it is, and whole or as a
 * patch for subscriptions with delta compression. Each is encoded for the first subscriber and
 * given to all others who are sent the same.
 */
final class SharedFrames {

  private record Encoded(
      String channel, ChannelEvent event, @Nullable Publication base, Frame frame) {

    /** Events are told apart by identity, what patches start from by its position too. */
    boolean is(String channel, ChannelEvent event, @Nullable Publication base) {
      return this.event == event && isSame(this.base, base) && this.channel.equals(channel);
    }

    private static boolean isSame(@Nullable Publication a, @Nullable Publication b) {
      return a == b
          || a != null
              && b != null
              && a.positioned()
              && a.offset() == b.offset()
              && a.epoch().equals(b.epoch());
    }
  }

  // Owned by the event loop of the hub.
  private final @Nullable Encoded[] plain = new Encoded[Encoding.values().length];
  private final @Nullable Encoded[] whole = new Encoded[Encoding.values().length];
  private final @Nullable Encoded[] patched = new Encoded[Encoding.values().length];

  Frame of(Protocol protocol, Encoding encoding, String channel, ChannelEvent event)
      throws ProtocolException {
    Encoded known = plain[encoding.ordinal()];
    if (known != null && known.is(channel, event, null)) {
      return known.frame;
    }
    var frame = new Frame(protocol.encode(new EventPush(channel, event)));
    plain[encoding.ordinal()] = new Encoded(channel, event, null, frame);
    return frame;
  }

  /** For a subscription with delta compression, whose client has got {@code base}, or nothing. */
  Frame after(
      @Nullable Publication base,
      Publication publication,
      String channel,
      Protocol protocol,
      Encoding encoding)
      throws ProtocolException {
    @Nullable Encoded[] last = base == null ? whole : patched;
    Encoded known = last[encoding.ordinal()];
    if (known != null && known.is(channel, publication, base)) {
      return known.frame;
    }
    var push = new DeltaPush(channel, SentPublication.after(base, publication));
    var frame = new Frame(protocol.encode(push));
    last[encoding.ordinal()] = new Encoded(channel, publication, base, frame);
    return frame;
  }

  /** Nothing more of the last events will be asked for soon. */
  void clear() {
    Arrays.fill(plain, null);
    Arrays.fill(whole, null);
    Arrays.fill(patched, null);
  }
}
