package dev.carillon.cluster.links;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.Publication;
import dev.carillon.cluster.streams.TestGrid;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionEnded;
import dev.carillon.wire.Addresses;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusLinksTest {

  /** Nobody is silent because the machine stands still for a moment. */
  private static final Map<String, String> PATIENT =
      Map.of("ping_interval", "100ms", "silence_timeout", "10m", "query_timeout", "60s");

  private final TestGrid grid = TestGrid.of(2);
  private final List<LinkedNode> nodes = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopNodes() {
    nodes.forEach(LinkedNode::close);
    nodes.clear();
  }

  @AfterAll
  void close() {
    grid.close();
  }

  private LinkedNode node(int member, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(PATIENT);
    all.putAll(options);
    LinkedNode node = new LinkedNode(grid.members().get(member), "n" + member, all);
    nodes.add(node);
    return node;
  }

  private static ChannelDelivery delivery(String text) {
    return delivery("a", text);
  }

  private static ChannelDelivery delivery(String channel, String text) {
    return new ChannelDelivery(
        channel, new Publication(0, "", Bytes.utf8(text), null, Map.of(), 1));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static void assertFailsWith(String words, Future<?> future) {
    String message = String.valueOf(assertThrows(Exception.class, future::await).getMessage());
    assertTrue(message.contains(words), message);
  }

  private static void arrived(LinkedNode node, int count) {
    eventually(() -> "arrived: " + node.texts.size(), () -> node.texts.size() >= count);
  }

  @Test
  void deliveriesArriveInOrder() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    numbers(1, 5_000).forEach(text -> one.links.publish(delivery(text)));
    arrived(two, 5_000);
    assertEquals(numbers(1, 5_000), two.texts);
    assertEquals(List.of(), one.texts, "nothing comes back to the sender");
    eventually(() -> "not acknowledged", () -> one.links.bytes().await() == 0);
    assertEquals(0, two.resyncs.get());
  }

  @Test
  void aNodeGetsOnlyWhatItFollows() {
    Map<String, String> steady = Map.of("interest_lease", "1m");
    LinkedNode one = node(0, steady);
    LinkedNode two = node(1, steady);
    LinkedNode.connect(one, two);
    one.links.opened().await();
    two.links.opened().await();
    two.links.follow("wanted").await();
    numbers(1, 1_000).forEach(text -> one.links.publish(delivery("unwanted", text)));
    one.links.publish(delivery("wanted", "one"));
    arrived(two, 1);
    assertEquals(List.of("one"), two.texts);
    assertEquals(1_000, one.spared());
    two.links.unfollow("wanted");
    eventually(
        () -> "still sent",
        () -> {
          double before = one.spared();
          one.links.publish(delivery("wanted", "late"));
          eventually(() -> "flushed", () -> one.links.bytes().await() == 0);
          return one.spared() > before;
        });
  }

  @Test
  void whoFollowsAChannelGetsWhatIsPublishedFromThenOn() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    one.links.opened().await();
    two.links.opened().await();
    numbers(1, 300)
        .forEach(
            number -> {
              two.links.follow("room" + number).await();
              one.links.publish(delivery("room" + number, number));
              if (Integer.parseInt(number) % 3 == 0) {
                two.links.unfollow("room" + number);
              }
            });
    arrived(two, 200);
    List<String> missed = new ArrayList<>(numbers(1, 300));
    missed.removeAll(two.texts);
    missed.removeIf(number -> Integer.parseInt(number) % 3 == 0);
    assertEquals(List.of(), missed);
  }

  @Test
  void whoFollowsWaitsForAFrozenNodeUntilItsLeaseEndsAndGetsWhatItPublishesAfterwards() {
    Map<String, String> calm = Map.of("silence_timeout", "10m", "interest_lease", "300ms");
    LinkedNode one = node(0, calm);
    LinkedNode two = node(1, calm);
    LinkedNode.connect(one, two);
    one.links.opened().await();
    two.links.opened().await();
    CompletableFuture<Void> thaw = two.freeze();
    one.links.follow("room").await();
    two.links.publish(delivery("room", "from the thawed"));
    thaw.complete(null);
    arrived(one, 1);
  }

  @Test
  void whatFollowersOfAHundredThousandChannelsWantIsToldInTimeAndTakesNoAddress() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    one.links.opened().await();
    two.links.opened().await();
    int addresses = grid.members().get(0).getMultiMap("__vertx.subs").size();
    Future.all(IntStream.range(0, 100_000).mapToObj(i -> two.links.follow("room:" + i)).toList())
        .await();
    one.links.publish(delivery("room:99999", "last"));
    arrived(two, 1);
    assertEquals(addresses, grid.members().get(0).getMultiMap("__vertx.subs").size());
  }

  @Test
  void aNodeWaitsUntilTheOthersKnowIt() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    two.membership.add(one.membership.self());
    Future<Integer> known = two.links.opened().map(opened -> one.membership.nodes().size());
    two.links.test().await();
    one.membership.add(two.membership.self());
    assertEquals(2, known.await(), "nodes that one knew when two was open");
  }

  @Test
  void aFrozenPeerCostsBoundedMemoryAndResyncs() {
    Map<String, String> small =
        Map.of(
            "window_max_bytes", "100000",
            "queue_max_bytes", "200000",
            "lag_timeout", "200ms");
    LinkedNode one = node(0, small);
    LinkedNode two = node(1, small);
    LinkedNode.connect(one, two);
    one.links.publish(delivery("before"));
    arrived(two, 1);
    CompletableFuture<Void> thaw = two.freeze();
    String large = "x".repeat(1_000);
    for (int i = 0; i < 5_000; i++) {
      one.links.publish(delivery(large));
    }
    // One frame more than the window may be under way, and the queue is given up.
    eventually(() -> "holds too much", () -> one.links.bytes().await() <= 100_000 + 32_768 + 64);
    thaw.complete(null);
    eventually(() -> "no resync", () -> two.resyncs.get() > 0);
    eventually(() -> "not acknowledged", () -> one.links.bytes().await() == 0);
    int before = two.texts.size();
    numbers(1, 100).forEach(text -> one.links.publish(delivery(text)));
    arrived(two, before + 100);
    assertEquals(numbers(1, 100), two.texts.subList(before, before + 100));
  }

  @Test
  void aFrozenPeerIsSuspectUntilItIsHeardAgain() {
    LinkedNode one = node(0, Map.of("silence_timeout", "500ms"));
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    one.links.publish(delivery("before"));
    arrived(two, 1);
    CompletableFuture<Void> thaw = two.freeze();
    eventually(() -> "not suspect", () -> one.heard.contains(Map.entry(two.id(), false)));
    Future<?> query =
        one.links.query(two.id(), new DisconnectSession("s", "x"), SessionEnded.class);
    assertThrows(RuntimeException.class, query::await);
    thaw.complete(null);
    eventually(() -> "still suspect", () -> one.heard.contains(Map.entry(two.id(), true)));
  }

  @Test
  void messagesReachTheHandlerOfTheirType() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    List<String> got = new CopyOnWriteArrayList<>();
    for (LinkedNode node : List.of(one, two)) {
      node.links.onMessage(
          DisconnectSession.class,
          (from, message) ->
              got.add(node.membership.self().name() + " " + from.equals(one.id()) + message.id()));
    }
    one.links.send(two.id(), new DisconnectSession("s1", "x"));
    one.links.send(one.id(), new DisconnectSession("s2", "x"));
    one.links.broadcast(new DisconnectSession("s3", "x"));
    eventually(got::toString, () -> got.size() == 4);
    assertEquals(
        List.of("n0 trues2", "n0 trues3", "n1 trues1", "n1 trues3"),
        got.stream().sorted().toList());
  }

  @Test
  void questionsAreAnswered() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    two.links.onQuery(
        DisconnectSession.class,
        question ->
            question.id().equals("bad")
                ? Future.failedFuture("no such session")
                : Future.succeededFuture(new DisconnectSession(question.id() + "!", "y")));
    DisconnectSession answer =
        one.links.query(two.id(), new DisconnectSession("s", "x"), DisconnectSession.class).await();
    assertEquals(new DisconnectSession("s!", "y"), answer);
    assertEquals(
        answer,
        two.links
            .query(two.id(), new DisconnectSession("s", "x"), DisconnectSession.class)
            .await());
    Future<?> bad =
        one.links.query(two.id(), new DisconnectSession("bad", "x"), DisconnectSession.class);
    assertFailsWith("no such session", bad);
    Future<?> nobody =
        two.links.query(one.id(), new DisconnectSession("s", "x"), DisconnectSession.class);
    assertFailsWith("nobody", nobody);
  }

  @Test
  void unknownTypesAreRefusedAtOnce() {
    LinkedNode one = node(0, Map.of());
    assertThrows(IllegalArgumentException.class, () -> one.links.send(one.id(), "text"));
    assertThrows(IllegalArgumentException.class, () -> one.links.broadcast("text"));
    assertThrows(
        IllegalArgumentException.class, () -> one.links.query(one.id(), "text", String.class));
    assertThrows(
        IllegalArgumentException.class, () -> one.links.onMessage(String.class, (from, m) -> {}));
  }

  @Test
  void garbageOnTheAddressesHarmsNobody() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    for (String address :
        List.of(Addresses.data(two.id()), Addresses.control(two.id()), Addresses.query(two.id()))) {
      one.vertx.eventBus().send(address, "garbage");
    }
    one.links.publish(delivery("fine"));
    arrived(two, 1);
  }

  @Test
  void theTestOfTheBusReachesTheNodeItselfAndTheOthers() {
    LinkedNode one = node(0, Map.of("query_timeout", "1s"));
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    assertEquals(new BusHealth(true, "answers"), one.links.test().await());
    CompletableFuture<Void> thaw = two.freeze();
    assertEquals(new BusHealth(true, "no answer from n1"), one.links.test().await());
    thaw.complete(null);
    eventually(() -> "thawed", () -> one.links.test().await().detail().equals("answers"));
  }

  @Test
  void whoReachesNoneOfSeveralIsCutOff() {
    LinkedNode one = node(0, Map.of("query_timeout", "100ms"));
    for (String name : List.of("n8", "n9")) {
      one.membership.add(new FixedMembership(name).self());
    }
    assertEquals(new BusHealth(false, "no answer from n8, n9"), one.links.test().await());
  }

  @Test
  void addressesThatTheBusHasLostAreRegisteredAgain() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of("silence_timeout", "500ms", "query_timeout", "1s"));
    LinkedNode.connect(one, two);
    one.links.opened().await();
    two.links.opened().await();
    for (String address :
        List.of(Addresses.data(two.id()), Addresses.control(two.id()), Addresses.query(two.id()))) {
      grid.members().get(0).getMultiMap("__vertx.subs").remove(address);
    }
    eventually(
        () -> "deaf: " + two.links.test().await().detail(),
        () -> two.links.test().await().detail().startsWith("brings nothing from n0"));
    eventually(
        () -> "well: " + two.links.test().await().detail(),
        () -> two.links.test().await().equals(new BusHealth(true, "answers")));
    one.links.publish(delivery("after"));
    arrived(two, 1);
  }

  @Test
  void afterTheGoodbyeEverythingHasArrived() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    numbers(1, 2_000).forEach(text -> one.links.publish(delivery(text)));
    one.links.close(60_000).await();
    assertEquals(numbers(1, 2_000), two.texts);
  }

  @Test
  void aNodeThatLeftGetsNothingMore() {
    LinkedNode one = node(0, Map.of());
    LinkedNode two = node(1, Map.of());
    LinkedNode.connect(one, two);
    one.links.publish(delivery("before"));
    arrived(two, 1);
    CompletableFuture<Void> thaw = two.freeze();
    one.links.publish(delivery("lost"));
    one.membership.remove(two.membership.self());
    eventually(() -> "still held", () -> one.links.bytes().await() == 0);
    thaw.complete(null);
  }
}
