package dev.carillon.cluster.links;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.BrokerOptions;
import dev.carillon.broker.EventLoops;
import dev.carillon.broker.NodeFeed;
import dev.carillon.broker.RecordingListener;
import dev.carillon.broker.StreamBroker;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.streams.TestGrid;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Broker;
import dev.carillon.port.SteadyTime;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Brokers on real members and real links, of which one dies before it has told the others. */
class KilledPublisherTest {

  private static final StreamOptions KEPT =
      new StreamOptions(1_000, Duration.ofHours(1), Duration.ofHours(2));
  private static final List<String> CHANNELS =
      IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();

  private final TestGrid grid = TestGrid.of(3);
  private final List<LinkedNode> nodes =
      IntStream.range(0, 3)
          .mapToObj(
              i -> new LinkedNode(grid.members().get(i), "n" + i, Map.of("ping_interval", "100ms")))
          .toList();
  private final List<Broker> brokers = IntStream.range(0, 3).mapToObj(i -> broker(i)).toList();

  @AfterEach
  void stop() {
    nodes.forEach(LinkedNode::close);
    grid.close();
  }

  private Broker broker(int index) {
    LinkedNode node = nodes.get(index);
    BrokerOptions options = OptionReader.defaults(BrokerOptions.class);
    var streams = grid.streams(node.vertx, index, 1);
    var loops = EventLoops.start(node.vertx, 2).await();
    NodeFeed feed = new NodeFeed(node.vertx, loops, streams, options, SteadyTime::millis);
    feed.attach(node.links, node.membership);
    return new StreamBroker(node.vertx, feed, streams, node.links, options);
  }

  private RecordingListener subscribe(int index) {
    RecordingListener listener =
        new RecordingListener(EventLoops.start(nodes.get(index).vertx, 1).await().get(0));
    CHANNELS.forEach(channel -> brokers.get(index).feed().open(channel, KEPT, listener).await());
    return listener;
  }

  private Future<?> publish(int index, int count) {
    List<Future<StreamPosition>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (String channel : CHANNELS) {
        NewPublication publication = NewPublication.of(Bytes.utf8(channel + " " + i));
        all.add(brokers.get(index).publish(channel, publication, KEPT));
      }
    }
    return Future.all(all);
  }

  @Test
  void whatItStoredReachesEverybodyOnceAndInOrder() {
    LinkedNode.connect(nodes.get(0), nodes.get(1));
    LinkedNode.connect(nodes.get(0), nodes.get(2));
    LinkedNode.connect(nodes.get(1), nodes.get(2));
    RecordingListener first = subscribe(0);
    RecordingListener second = subscribe(1);
    Future<?> fromFirst = publish(0, 30);
    publish(2, 20).await();
    // From now on nothing leaves the third node, but its publications are still stored.
    var thaw = nodes.get(2).freeze();
    publish(2, 20).await();
    fromFirst.await();
    grid.kill(2);
    nodes.get(0).membership.remove(nodes.get(2).membership.self());
    nodes.get(1).membership.remove(nodes.get(2).membership.self());
    publish(1, 10).await();
    int expected = (30 + 20 + 20 + 10) * CHANNELS.size();
    for (RecordingListener listener : List.of(first, second)) {
      eventually(
          () -> listener.events().size() + " of " + expected,
          () -> listener.events().size() >= expected);
      CHANNELS.forEach(channel -> assertWhole(listener, channel, expected / CHANNELS.size()));
      assertEquals(List.of(), listener.insufficient());
    }
    thaw.complete(null);
  }

  private static void assertWhole(RecordingListener listener, String channel, int count) {
    List<Publication> publications = new ArrayList<>();
    for (ChannelEvent event : listener.events()) {
      if (event instanceof Publication one && one.data().asUtf8().startsWith(channel + " ")) {
        publications.add(one);
      }
    }
    assertEquals(
        LongStream.rangeClosed(1, count).boxed().toList(),
        publications.stream().map(Publication::offset).toList(),
        channel);
    assertTrue(publications.stream().map(Publication::epoch).distinct().count() == 1, channel);
  }
}
