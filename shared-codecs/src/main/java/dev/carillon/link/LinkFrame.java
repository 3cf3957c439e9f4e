package dev.carillon.link;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Incarnation;
import java.util.List;

/**
 * Deliveries on their way over a link.
 *
 * @param from who sends it
 * @param link this life of the link; another one begins to count anew
 * @param sequence the number of the frame in the link, from 1, so that a lost one is noticed
 * @param resync deliveries before this frame were dropped, because the receiver was too slow
 * @param deliveries each encoded by {@code ChannelDeliveryCodec}
 */
public record LinkFrame(
    Incarnation from, long link, long sequence, boolean resync, List<Bytes> deliveries) {

  public LinkFrame {
    deliveries = List.copyOf(deliveries);
  }

  /** Bytes that the window counts. */
  public int weight() {
    int weight = OVERHEAD;
    for (Bytes delivery : deliveries) {
      weight += delivery.length();
    }
    return weight;
  }

  /** What a frame costs beside its deliveries, and what the smallest one counts. */
  public static final int OVERHEAD = 64;
}
