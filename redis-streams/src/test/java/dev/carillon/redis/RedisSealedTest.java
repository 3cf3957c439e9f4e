package dev.carillon.redis;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.cluster.Node;
import dev.carillon.cluster.StartException;
import dev.carillon.cluster.seal.UnreadablePayload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with {@code cluster.payload_key} whose streams are in one Redis. */
class RedisSealedTest {

  private static final StreamOptions KEPT =
      new StreamOptions(1_000, Duration.ofHours(1), Duration.ofHours(2));
  private static final HistoryQuery ALL = new HistoryQuery(null, 100, false);
  private static final Map<String, String> KEY = key("a");
  private static final String ROOM = "room";

  private final RedisServer redis = RedisServer.durable();
  private final RedisTestNodes nodes = new RedisTestNodes();

  @AfterEach
  void stop() {
    nodes.close();
    redis.close();
  }

  private static Map<String, String> key(String digit) {
    return Map.of("payload_key", digit.repeat(64));
  }

  private static StreamPosition publish(Node node, String text) {
    var ada = new ClientInfo("ada-lovelace", "c1", Bytes.utf8("{\"n\":1}"), Bytes.EMPTY);
    var said = new NewPublication(Bytes.utf8(text), ada, Map.of("lang", "klingon"), text);
    return node.ports().broker().publish(ROOM, said, KEPT).await();
  }

  private static History read(Node node, HistoryQuery query) {
    return node.ports().broker().history(ROOM, query, KEPT).await();
  }

  private static List<String> texts(History history) {
    return history.publications().stream().map(each -> each.data().asUtf8()).toList();
  }

  private static void assertHeard(RecordingListener listener, String... texts) {
    eventually(() -> listener.texts().toString(), () -> listener.texts().equals(List.of(texts)));
  }

  @Test
  void redisHoldsNoPlaintextAndBothNodesReadIt() {
    var one = nodes.start(redis, KEY);
    var two = nodes.start(redis, KEY);
    var heard = RedisTestNodes.listen(two, ROOM, KEPT);

    publish(one, "\"secret words\"");

    assertHeard(heard, "\"secret words\"");
    var read = read(two, ALL).publications().get(0);
    assertEquals(((Publication) heard.events().get(0)).info(), read.info());
    assertEquals(Map.of("lang", "klingon"), read.tags());
    assertTrue(redis.hasOnDisk(ROOM), "names of channels are not hidden");
    for (var word : List.of("secret", "ada-lovelace", "klingon")) {
      assertFalse(redis.hasOnDisk(word), word);
    }
  }

  /** Without this the other test would prove nothing. */
  @Test
  void withoutAKeyRedisHoldsWhatWasSaid() {
    publish(nodes.start(redis, Map.of()), "\"secret words\"");
    for (var word : List.of("secret", "ada-lovelace", "klingon")) {
      assertTrue(redis.hasOnDisk(word), word);
    }
  }

  @Test
  void recoveryAndAKillOfRedisGoOnWithTheSamePositions() {
    var one = nodes.start(redis, KEY);
    var two = nodes.start(redis, KEY);
    var first = publish(one, "\"1\"");
    publish(two, "\"2\"");

    redis.kill();
    redis.start();

    var since = new HistoryQuery(first, 100, false);
    // Each finds its own way back, one perhaps seconds after the other.
    for (var node : List.of(one, two)) {
      var broker = node.ports().broker();
      eventually(
          () -> "nothing read",
          () -> broker.history(ROOM, since, KEPT).map(true).otherwise(false).await());
    }
    assertEquals(List.of("\"2\""), texts(read(two, since)));
    assertEquals(first.epoch(), read(one, since).top().epoch());
  }

  @Test
  void aNodeWithAnotherKeyOrNoneLeavesAgain() {
    var one = nodes.start(redis, KEY);
    publish(one, "\"1\"");

    var other = assertThrows(StartException.class, () -> nodes.start(redis, key("b")));
    var none = assertThrows(StartException.class, () -> nodes.start(redis, Map.of()));

    assertEquals("cluster.payload_key", other.key());
    assertTrue(other.getMessage().startsWith("cluster.payload_key = key "), other.getMessage());
    assertTrue(none.getMessage().startsWith("cluster.payload_key = none "), none.getMessage());
    assertEquals(List.of("\"1\""), texts(read(one, ALL)));
  }

  /** What Redis has kept outlives the nodes, and so it may be older than their key. */
  @Test
  void whatAnotherKeyHasSealedFailsTheReadAndNamesTheKey() {
    publish(nodes.start(redis, KEY), "\"old\"");
    nodes.close();

    var stranger = nodes.start(redis, key("b"));
    var refused = assertThrows(UnreadablePayload.class, () -> read(stranger, ALL));
    var line = String.valueOf(refused.getMessage());
    assertTrue(line.startsWith("publication 1 of room in epoch "), line);
    assertTrue(line.contains(" is sealed with key "), line);
    nodes.close();

    var both = Map.of("payload_key", "b".repeat(64), "payload_previous_key", "a".repeat(64));
    var successor = nodes.start(redis, both);
    assertEquals(2, publish(successor, "\"new\"").offset());
    assertEquals(List.of("\"old\"", "\"new\""), texts(read(successor, ALL)));
  }
}
