package dev.carillon.broker;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.port.PublicationTooLarge;
import dev.carillon.port.TooManyStreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamBrokerTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final Ports one = ports("n1");
  private final Ports two = ports("n2");
  private final RecordingListener listener = new RecordingListener(vertx.getOrCreateContext());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Ports ports(String name) {
    return ports(name, Map.of("position_check_interval", "100ms"));
  }

  private Ports ports(String name, Map<String, String> options) {
    return cluster.join(name, OptionReader.read(BrokerOptions.class, options)).await();
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text));
  }

  private void openOnTwo(String channel, StreamOptions options) {
    two.broker().feed().open(channel, options, listener).await();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private void publishFromOne(String channel, int from, int to) {
    List<Future<?>> all = new ArrayList<>();
    for (String text : numbers(from, to)) {
      all.add(one.broker().publish(channel, text(text), KEPT));
    }
    Future.all(all).await();
  }

  private void listenerHas(List<String> texts) {
    eventually(() -> listener.texts().toString(), () -> listener.texts().size() >= texts.size());
    assertEquals(texts, listener.texts());
  }

  @Test
  void publicationsReachTheOtherNodeInOrder() {
    openOnTwo("a", KEPT);
    publishFromOne("a", 1, 500);
    listenerHas(numbers(1, 500));
    assertEquals(List.of(), listener.insufficient());
  }

  @Test
  void publicationsReachListenersOfTheSameNode() {
    one.broker().feed().open("a", KEPT, listener).await();
    publishFromOne("a", 1, 10);
    listenerHas(numbers(1, 10));
  }

  @Test
  void aChannelWithoutHistoryHasNoPosition() {
    openOnTwo("a", StreamOptions.LIVE_ONLY);
    StreamPosition position = one.broker().publish("a", text("x"), StreamOptions.LIVE_ONLY).await();
    assertEquals(StreamPosition.NONE, position);
    listenerHas(List.of("x"));
  }

  @Test
  void aFurtherStreamIsRefusedWhileThereAreTooMany() {
    openOnTwo("a", KEPT);
    cluster.streams().limit(1);
    Future<Void> open = two.broker().feed().open("b", KEPT, listener);
    assertThrows(TooManyStreams.class, open::await);
    assertThrows(TooManyStreams.class, () -> one.broker().publish("b", text("x"), KEPT).await());
    publishFromOne("a", 1, 2);
    listenerHas(numbers(1, 2));
    cluster.streams().limit(2);
    two.broker().feed().open("b", KEPT, listener).await();
  }

  @Test
  void streamsOfOpenChannelsAreKeptUntilSomebodyPublishes() {
    openOnTwo("published", KEPT);
    publishFromOne("published", 1, 1);
    listenerHas(numbers(1, 1));
    openOnTwo("quiet", KEPT);
    openOnTwo("live", StreamOptions.LIVE_ONLY);
    MemoryStreams streams = cluster.streams();
    eventually(() -> "kept: " + streams.kept(), () -> streams.kept().contains("quiet"));
    assertFalse(streams.kept().contains("live"));
  }

  @Test
  void joinsAreSpread() {
    openOnTwo("a", KEPT);
    Join join = new Join(new ClientInfo("u", "c", Bytes.EMPTY, Bytes.EMPTY));
    one.broker().spread("a", join);
    eventually(() -> "no join", () -> listener.events().contains(join));
  }

  @Test
  void whatNoLinkBroughtIsReadFromTheStreamWhenTheNextOneComes() {
    openOnTwo("a", KEPT);
    LocalLinks links = (LocalLinks) two.links();
    links.lose(delivery -> true);
    publishFromOne("a", 1, 3);
    links.lose(delivery -> false);
    publishFromOne("a", 4, 4);
    listenerHas(numbers(1, 4));
  }

  @Test
  void silentLossIsFoundByComparingPositions() {
    openOnTwo("a", KEPT);
    ((LocalLinks) two.links()).lose(delivery -> true);
    publishFromOne("a", 1, 3);
    listenerHas(numbers(1, 3));
  }

  @Test
  void resyncComparesAllPositionsAtOnce() {
    openOnTwo("a", KEPT);
    LocalLinks links = (LocalLinks) two.links();
    links.lose(delivery -> true);
    publishFromOne("a", 1, 3);
    links.resync();
    listenerHas(numbers(1, 3));
  }

  @Test
  void aLostStreamIsToldAsInsufficient() {
    openOnTwo("a", KEPT);
    publishFromOne("a", 1, 3);
    listenerHas(numbers(1, 3));
    cluster.streams().lose("a");
    eventually(() -> "nothing told", () -> listener.insufficient().equals(List.of("a")));
  }

  @Test
  void aStreamThatLostItsTailStartsANewEpoch() {
    openOnTwo("a", KEPT);
    publishFromOne("a", 1, 3);
    listenerHas(numbers(1, 3));
    String epoch = one.broker().history("a", HistoryQuery.POSITION, KEPT).await().top().epoch();
    cluster.streams().regress("a", 2);
    eventually(() -> "nothing told", () -> listener.insufficient().equals(List.of("a")));
    String next = one.broker().history("a", HistoryQuery.POSITION, KEPT).await().top().epoch();
    assertTrue(!epoch.equals(next), next);
  }

  @Test
  void streamsThatStayAwayAreToldAsInsufficient() {
    // Long enough to switch the streams off before the gap is read.
    Ports three = ports("n3", Map.of("gap_timeout", "2s", "read_give_up", "1s"));
    three.broker().feed().open("a", KEPT, listener).await();
    LocalLinks links = (LocalLinks) three.links();
    links.lose(delivery -> true);
    publishFromOne("a", 1, 1);
    links.lose(delivery -> false);
    publishFromOne("a", 2, 2);
    cluster.streams().fail(true);
    eventually(() -> "nothing told", () -> listener.insufficient().equals(List.of("a")));
    assertEquals(List.of(), listener.texts());
  }

  @Test
  void afterCloseNothingIsDelivered() {
    openOnTwo("a", KEPT);
    two.broker().feed().close("a", listener);
    RecordingListener other = new RecordingListener(vertx.getOrCreateContext());
    two.broker().feed().open("a", KEPT, other).await();
    publishFromOne("a", 1, 3);
    eventually(() -> other.texts().toString(), () -> other.texts().size() == 3);
    assertEquals(List.of(), listener.events());
  }

  @Test
  void failuresReachThePublisher() {
    cluster.streams().fail(true);
    Future<?> answer = one.broker().publish("a", text("x"), KEPT);
    assertThrows(RuntimeException.class, answer::await);
    Future<?> open = two.broker().feed().open("a", KEPT, listener);
    assertThrows(RuntimeException.class, open::await);
    cluster.streams().fail(false);
    openOnTwo("a", KEPT);
    publishFromOne("a", 1, 1);
    listenerHas(numbers(1, 1));
  }

  @Test
  void aPublicationThatIsTooLargeHarmsNobodyElse() {
    Ports small = ports("n3", Map.of("history_max_bytes", "1024"));
    openOnTwo("a", KEPT);
    NewPublication large = text("x".repeat(1_024));
    Future<?> refused = small.broker().publish("a", large, KEPT);
    Future<?> other = small.broker().publish("a", text("small"), KEPT);
    var failure = assertThrows(PublicationTooLarge.class, refused::await);
    assertEquals(
        "a publication of 1088 bytes to a (expected: at most broker.history_max_bytes = 1024)",
        failure.getMessage());
    other.await();
    listenerHas(List.of("small"));
    small.broker().publish("a", large, StreamOptions.LIVE_ONLY).await();
    listenerHas(List.of("small", "x".repeat(1_024)));
  }

  @Test
  void channelsThatDidNotChangeAreNotCompared() {
    for (int i = 0; i < 50; i++) {
      openOnTwo("quiet" + i, KEPT);
    }
    MemoryStreams streams = cluster.streams();
    ((LocalLinks) two.links()).lose(delivery -> true);
    publishFromOne("quiet0", 1, 1);
    listenerHas(List.of("1"));
    int before = streams.compared();
    publishFromOne("quiet0", 2, 3);
    publishFromOne("quiet1", 4, 4);
    eventually(() -> listener.texts().toString(), () -> listener.texts().size() == 4);
    assertEquals(before, streams.compared());
  }

  @Test
  void theSameKeyIsStoredOnce() {
    NewPublication keyed = text("x").withIdempotencyKey("k");
    StreamPosition first = one.broker().publish("a", keyed, KEPT).await();
    StreamPosition second = two.broker().publish("a", keyed, KEPT).await();
    assertEquals(first, second);
  }
}
