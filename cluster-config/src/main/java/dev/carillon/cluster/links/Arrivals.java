package dev.carillon.cluster.links;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.ChannelDeliveryCodec;
import dev.carillon.stream.LinkReceiver.Received;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what came over the links. Owned by their event loop. */
final class Arrivals {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private Consumer<List<ChannelDelivery>> deliveries = nobody -> {};
  private Runnable resync = () -> {};

  void receive(Consumer<List<ChannelDelivery>> taker, Runnable onResync) {
    deliveries = taker;
    resync = onResync;
  }

  /** Returns whether deliveries were lost on the way; then a resync was asked for. */
  boolean take(Incarnation from, Received received) {
    boolean lost = received.lost();
    List<ChannelDelivery> decoded = new ArrayList<>(received.deliveries().size());
    for (Bytes bytes : received.deliveries()) {
      try {
        decoded.add(ChannelDeliveryCodec.decode(bytes));
      } catch (WireException garbage) {
        LOG.warn("a delivery from node {} is not ours: {}", from, garbage.getMessage());
        lost = true;
      }
    }
    if (!decoded.isEmpty()) {
      deliveries.accept(decoded);
    }
    if (lost) {
      LOG.info("deliveries from node {} were lost: comparing all positions", from);
      resync.run();
    }
    return lost;
  }
}
