package dev.carillon.broker;

import dev.carillon.port.Streams;
import dev.carillon.stream.ChannelPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Keeps the streams of open channels that nobody has published to, which are forgotten otherwise.
 * One request after the other goes round. Owned by the event loop of its FeedLoop.
 */
final class StreamKeeper {

  private final Map<String, OpenChannel> channels;
  private final Streams streams;
  private final int batch;

  private boolean underWay;

  /** When the next round begins. */
  private long next = Long.MIN_VALUE;

  StreamKeeper(Map<String, OpenChannel> channels, Streams streams, int batch) {
    this.channels = channels;
    this.streams = streams;
    this.batch = batch;
  }

  /** To be called often; begins a round when it is time for one. */
  void due(long now) {
    if (underWay || now < next) {
      return;
    }
    next = now + streams.keepInterval().toMillis();
    // Those of a part together: that is much cheaper for the owners.
    List<String> unpublished =
        channels.values().stream()
            .filter(StreamKeeper::isUnpublished)
            .sorted(Comparator.comparingInt(channel -> channel.part))
            .map(channel -> channel.name)
            .toList();
    underWay = true;
    keep(unpublished.iterator());
  }

  private static boolean isUnpublished(OpenChannel channel) {
    ChannelPosition position = channel.position;
    return position != null && position.observed().offset() == 0;
  }

  private void keep(Iterator<String> names) {
    List<String> some = new ArrayList<>();
    while (names.hasNext() && some.size() < batch) {
      some.add(names.next());
    }
    if (some.isEmpty()) {
      underWay = false;
      return;
    }
    streams
        .keep(some)
        .onSuccess(kept -> keep(names))
        .onFailure(
            failure -> {
              underWay = false;
              // Soon again: there is time for several tries.
              next = Long.MIN_VALUE;
            });
  }
}
