package dev.carillon.broker;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.NodeLinks;
import dev.carillon.port.Streams;
import dev.carillon.port.Streams.Appended;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores the publications of the channels of one event loop, and then spreads them. */
final class PublishLoop {

  private final FeedLoop feed;
  private final Streams streams;
  private final NodeLinks links;
  private final BrokerOptions options;

  /** Together with a count it makes keys that nobody else makes. */
  private final String keyPrefix = Incarnation.random().toString();

  // All below is owned by the event loop of the feed.
  private final Map<String, PublishQueue> queues = new HashMap<>();
  private long keys;

  PublishLoop(FeedLoop feed, Streams streams, NodeLinks links, BrokerOptions options) {
    this.feed = feed;
    this.streams = streams;
    this.links = links;
    this.options = options;
  }

  Future<Appended> publish(String channel, NewPublication publication, StreamOptions retention) {
    PublishQueue queue = queues.computeIfAbsent(channel, fresh -> new PublishQueue());
    if (!queue.hasRoomFor(publication, options)) {
      return Future.failedFuture(
          new StreamsUnavailable("channel " + channel + ": too many publications are waiting"));
    }
    Future<Appended> answer = queue.add(keyed(publication), retention, feed.now());
    next(channel, queue);
    return answer;
  }

  private NewPublication keyed(NewPublication publication) {
    return publication.idempotencyKey().isEmpty()
        ? publication.withIdempotencyKey(keyPrefix + ++keys)
        : publication;
  }

  private void next(String channel, PublishQueue queue) {
    if (queue.busy) {
      return;
    }
    queue.takeLate(feed.now() - options.publishQueueTimeout().toMillis()).forEach(this::refuse);
    if (queue.isEmpty()) {
      queues.remove(channel, queue);
      return;
    }
    queue.busy = true;
    List<PublishQueue.Waiting> batch = queue.takeBatch(options.publishBatchMaxPublications());
    List<NewPublication> publications =
        batch.stream().map(PublishQueue.Waiting::publication).toList();
    Future.succeededFuture()
        .compose(go -> streams.appendAll(channel, publications, batch.get(0).options()))
        // Inside map, so that what throws there fails the answers too: none is left without one.
        .map(all -> stored(channel, batch, all))
        .onFailure(failure -> batch.forEach(each -> each.answer().tryFail(failure)))
        .onComplete(
            done -> {
              queue.busy = false;
              next(channel, queue);
            });
  }

  private void refuse(PublishQueue.Waiting late) {
    String limit = "broker.publish_queue_timeout = " + options.publishQueueTimeout();
    late.answer().fail(new StreamsUnavailable(limit + ": those before it took longer"));
  }

  private List<Appended> stored(
      String channel, List<PublishQueue.Waiting> batch, List<Appended> all) {
    List<ChannelEvent> events = all.stream().<ChannelEvent>map(Appended::publication).toList();
    feed.arrived(channel, events);
    events.forEach(event -> links.publish(new ChannelDelivery(channel, event)));
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().complete(all.get(i));
    }
    return all;
  }
}
