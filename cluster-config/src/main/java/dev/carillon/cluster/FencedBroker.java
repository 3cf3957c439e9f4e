package dev.carillon.cluster;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Broker;
import dev.carillon.port.ChannelFeed;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;

/**
 * A broker that acknowledges nothing while the node is fenced: neither what is published then, nor
 * what was on its way and came back meanwhile. Such a publication may have been stored, as any that
 * failed may have been.
 */
final class FencedBroker implements Broker {

  private final Broker broker;
  private final Fence fence;

  FencedBroker(Broker broker, Fence fence) {
    this.broker = broker;
    this.fence = fence;
  }

  @Override
  public Future<StreamPosition> publish(
      String channel, NewPublication publication, StreamOptions options) {
    return fence.isClosed()
        ? Future.failedFuture(refusal())
        : broker.publish(channel, publication, options).map(this::acknowledged);
  }

  private StreamPosition acknowledged(StreamPosition position) {
    if (fence.isClosed()) {
      throw refusal();
    }
    return position;
  }

  private StreamsUnavailable refusal() {
    return new StreamsUnavailable("this node is fenced: " + fence.words());
  }

  @Override
  public void spread(String channel, ChannelEvent event) {
    broker.spread(channel, event);
  }

  @Override
  public Future<History> history(String channel, HistoryQuery query, StreamOptions options) {
    return broker.history(channel, query, options);
  }

  @Override
  public long now() {
    return broker.now();
  }

  @Override
  public ChannelFeed feed() {
    return broker.feed();
  }
}
