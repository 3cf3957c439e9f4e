package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.BrokerOptions;
import dev.carillon.broker.LocalLinks;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on real members of the data grid, of which one gets nothing over its links. */
class ChangeWatchClusterTest {

  private static final StreamOptions KEPT =
      new StreamOptions(1_000, Duration.ofHours(1), Duration.ofHours(2));

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);
  private final MemoryPorts network = new MemoryPorts(vertx);
  private final Ports publisher = join("n1", 0);
  private final Ports follower = join("n2", 0);
  private final RecordingListener listener = new RecordingListener(vertx.getOrCreateContext());

  @AfterEach
  void close() {
    vertx.close().await();
    grid.close();
  }

  private Ports join(String name, int member) {
    var options =
        OptionReader.read(BrokerOptions.class, Map.of("position_check_interval", "100ms"));
    return network.join(name, options, grid.streams(vertx, member, 1)).await();
  }

  private List<String> openDeaf(int count) {
    ((LocalLinks) follower.links()).lose(delivery -> true);
    List<String> channels = IntStream.range(0, count).mapToObj(i -> "deaf" + i).toList();
    Future.all(
            channels.stream()
                .map(channel -> follower.broker().feed().open(channel, KEPT, listener))
                .toList())
        .await();
    return channels;
  }

  private Future<?> publish(String channel, String text) {
    return publisher.broker().publish(channel, NewPublication.of(Bytes.utf8(text)), KEPT);
  }

  private int counted(String meter) {
    return (int) follower.meters().get("carillon." + meter).functionCounter().count();
  }

  private void listenerHas(int count) {
    eventually(
        () -> listener.texts().size() + " of " + count, () -> listener.texts().size() >= count);
    assertEquals(count, listener.texts().size());
  }

  @Test
  void whatNoLinkBroughtIsFoundAtTheCostOfWhatChanged() {
    List<String> channels = openDeaf(500);
    publish(channels.get(0), "first").await();
    listenerHas(1);
    int compared = counted("positions.compared");
    int changes = counted("stream.changes");

    List<Future<?>> all = new ArrayList<>();
    channels.subList(100, 120).forEach(channel -> all.add(publish(channel, channel)));
    Future.all(all).await();

    listenerHas(21);
    assertEquals(compared, counted("positions.compared"), "no channel by itself");
    int told = counted("stream.changes") - changes;
    assertTrue(told >= 20 && told <= 60, told + " changes for 20 publications");
  }

  @Test
  void whatNoLinkBroughtIsFoundWhileOwnersComeAndGo() {
    List<String> channels = openDeaf(40);
    List<Future<?>> all = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      for (String channel : channels) {
        all.add(publish(channel, channel + ":" + round));
      }
      if (round == 10) {
        grid.join();
      }
      if (round == 20) {
        grid.kill(1);
      }
    }
    Future.all(all).await();
    listenerHas(30 * 40);
    assertEquals(List.of(), listener.insufficient());
    for (String channel : channels) {
      assertEquals(
          IntStream.range(0, 30).mapToObj(round -> channel + ":" + round).toList(),
          listener.texts().stream().filter(text -> text.startsWith(channel + ":")).toList());
    }
  }
}
