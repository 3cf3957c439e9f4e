package dev.carillon.broker;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.FeedListener;
import dev.carillon.stream.ChannelPosition;
import dev.carillon.stream.PositionEffect;
import dev.carillon.stream.PositionLimits;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that somebody on this node listens to. Owned by the event loop of its FeedLoop. */
final class OpenChannel {

  final String name;
  final StreamOptions options;

  /** Of the streams. */
  final int part;

  /** Null for a channel without history, whose publications have no order to keep. */
  final @Nullable ChannelPosition position;

  final Set<FeedListener> listeners = new LinkedHashSet<>();
  Future<Void> opened = Future.succeededFuture();
  boolean timerRuns;

  OpenChannel(String name, int part, StreamOptions options, PositionLimits limits) {
    this.name = name;
    this.part = part;
    this.options = options;
    this.position = options.keepsHistory() ? new ChannelPosition(limits) : null;
  }

  /** What to do about events that came in. */
  List<PositionEffect> arrived(List<ChannelEvent> events, long now, Outbox outbox) {
    List<PositionEffect> effects = new ArrayList<>(events.size());
    for (ChannelEvent event : events) {
      if (position != null && event instanceof Publication publication) {
        effects.addAll(position.arrived(publication, now));
      } else {
        outbox.event(this, event);
      }
    }
    return effects;
  }
}
