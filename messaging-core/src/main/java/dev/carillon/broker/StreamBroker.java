package dev.carillon.broker;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Broker;
import dev.carillon.port.ChannelFeed;
import dev.carillon.port.NodeLinks;
import dev.carillon.port.PublicationTooLarge;
import dev.carillon.port.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The broker of one node: stores a publication, and only then lets anybody see it. Publications to
 * one channel are stored in the order in which they were published on this node, and an owner that
 * does not answer holds up its own channels only. What waits to be stored is bounded for each
 * channel and for the node; beyond that a publication fails at once, as temporary. Safe to call
 * from any thread.
 */
public final class StreamBroker implements Broker {

  private final Hops hops;
  private final NodeFeed feed;
  private final Streams streams;
  private final NodeLinks links;
  private final int historyMaxBytes;
  private final PendingBytes pending;
  private final Map<FeedLoop, PublishLoop> loops;

  public StreamBroker(
      Vertx vertx, NodeFeed feed, Streams streams, NodeLinks links, BrokerOptions options) {
    this.hops = new Hops(vertx);
    this.feed = feed;
    this.streams = streams;
    this.historyMaxBytes = options.historyMaxBytes();
    this.links = links;
    this.pending = new PendingBytes(options.publishPendingMaxBytes());
    this.loops =
        feed.loops().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), loop -> new PublishLoop(loop, streams, links, options)));
  }

  /** Shows what waits to be stored. */
  public void register(MeterRegistry meters) {
    pending.register(meters);
  }

  @Override
  public Future<StreamPosition> publish(
      String channel, NewPublication publication, StreamOptions options) {
    if (!options.keepsHistory()) {
      spread(channel, publication.at(0, "", now()));
      return Future.succeededFuture(StreamPosition.NONE);
    }
    if (publication.weight() > historyMaxBytes) {
      return Future.failedFuture(
          new PublicationTooLarge(channel, publication.weight(), historyMaxBytes));
    }
    FeedLoop loop = feed.loopOf(channel);
    PublishLoop publisher = loops.get(loop);
    if (publisher == null) {
      throw new IllegalStateException("no publisher (expected: one for each loop of the feed)");
    }
    return pending
        .during(
            publication,
            () -> hops.call(loop.context(), () -> publisher.publish(channel, publication, options)))
        .map(appended -> appended.publication().position());
  }

  @Override
  public void spread(String channel, ChannelEvent event) {
    FeedLoop loop = feed.loopOf(channel);
    loop.context().runOnContext(go -> loop.arrived(channel, List.of(event)));
    links.publish(new ChannelDelivery(channel, event));
  }

  @Override
  public Future<History> history(String channel, HistoryQuery query, StreamOptions options) {
    FeedLoop loop = feed.loopOf(channel);
    return hops.call(loop.context(), () -> loop.history(channel, query, options));
  }

  @Override
  public long now() {
    return streams.now();
  }

  @Override
  public ChannelFeed feed() {
    return feed;
  }
}
