package dev.carillon.redis;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams.Appended;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of streams when Redis is killed, frozen, emptied or unwilling. */
class RedisFaultsTest {

  private static final StreamOptions KEPT =
      new StreamOptions(1_000, Duration.ofHours(1), Duration.ofHours(2));

  private static final HistoryQuery ALL = new HistoryQuery(null, 1_000, false);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private RedisServer server(String... options) {
    var server = RedisServer.started(options);
    open.add(server);
    return server;
  }

  private RedisServer durable() {
    return server("--appendonly", "yes", "--appendfsync", "always");
  }

  private TestEngine node(RedisServer server, Map<String, ?> options) {
    var node = TestEngine.on(server, options);
    open.add(node);
    return node;
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text)).withIdempotencyKey("key of " + text);
  }

  private static StreamPosition append(TestEngine node, String text) {
    return node.streams.append("c", text(text), KEPT).await().publication().position();
  }

  private static History read(TestEngine node) {
    return node.streams.read("c", ALL, KEPT).await();
  }

  private static List<String> texts(TestEngine node) {
    return read(node).publications().stream().map(each -> each.data().asUtf8()).toList();
  }

  private static void awaitBack(TestEngine node) {
    eventually(node.engine::trouble, () -> node.engine.trouble().isEmpty());
  }

  private static void awaitAway(TestEngine node) {
    eventually(() -> "still there", () -> node.engine.trouble().contains("is away"));
  }

  @Test
  void whatWasWrittenToDiskIsThereAfterAKill() {
    var server = durable();
    var node = node(server, Map.of());
    append(node, "a");
    var second = append(node, "b");

    server.kill();
    awaitAway(node);
    server.start();
    awaitBack(node);

    assertEquals(List.of("a", "b"), texts(node));
    assertEquals(new StreamPosition(3, second.epoch()), append(node, "c"));
    assertEquals(second, append(node, "b"), "the key is remembered");
    assertEquals(0, node.counted("losses"));
    assertTrue(node.comparisons.get() > 0, "positions are compared");
  }

  @Test
  void whatMayHaveBeenLostBeginsANewEpoch() {
    var server = server("--appendonly", "no");
    var node = node(server, Map.of());
    var saved = append(node, "saved");
    assertEquals("+OK", server.command("SAVE"));
    append(node, "lost");

    server.kill();
    awaitAway(node);
    server.start();
    awaitBack(node);

    assertEquals(Map.of(), node.streams.tops(List.of("c")).await(), "of another era");
    var next = append(node, "next");
    assertNotEquals(saved.epoch(), next.epoch());
    assertEquals(1, next.offset());
    assertEquals(List.of("next"), texts(node));
    assertEquals(1, node.counted("losses"));
  }

  @Test
  void nodesThatComeLaterEnterTheSameEra() {
    var server = server("--appendonly", "no");
    var one = node(server, Map.of());
    append(one, "a");
    assertEquals("+OK", server.command("SAVE"));
    server.kill();
    awaitAway(one);
    server.start();
    awaitBack(one);
    var next = append(one, "b");
    var other = node(server, Map.of());
    assertEquals(Map.of("c", next), other.streams.tops(List.of("c")).await());
    assertEquals(new StreamPosition(2, next.epoch()), append(other, "c"));
  }

  @Test
  void theOperatorsWordOnRestartsCounts() {
    var server = server("--appendonly", "no");
    var node = node(server, Map.of("restarts", "keep"));
    var before = append(node, "a");
    assertEquals("+OK", server.command("SAVE"));
    server.kill();
    awaitAway(node);
    server.start();
    awaitBack(node);
    assertEquals(new StreamPosition(2, before.epoch()), append(node, "b"));
  }

  @Test
  void anEmptiedRedisIsNoticedWithoutAnybodyAsking() {
    var server = durable();
    var node = node(server, Map.of());
    var before = append(node, "a");

    assertEquals("+OK", server.command("FLUSHALL"));

    eventually(() -> "not noticed", () -> node.comparisons.get() > 0);
    assertTrue(node.counted("losses") > 0);
    var after = append(node, "b");
    assertNotEquals(before.epoch(), after.epoch());
    assertEquals(1, after.offset());
  }

  @Test
  void aScriptThatRedisForgotIsSentAgain() {
    var server = durable();
    var node = node(server, Map.of());
    append(node, "a");
    assertEquals("+OK", server.command("SCRIPT", "FLUSH"));
    assertEquals(2, append(node, "b").offset());
    assertEquals("+OK", server.command("SCRIPT", "FLUSH"));
    node.streams.keep(List.of("c", "d")).await();
    assertEquals(List.of("a", "b"), texts(node));
  }

  @Test
  void publicationsDuringAKillAreStoredOnceOrRefused() {
    var server = durable();
    var node =
        node(server, Map.of("operation_timeout", "40s", "away_patience", "40s", "pool_size", "3"));
    List<Future<Appended>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(node.streams.append("c", text("p" + i), KEPT));
      if (i == 100) {
        all.get(20).await();
        server.kill();
      }
      if (i == 200) {
        server.start();
      }
    }
    Future.all(all).await();
    assertEquals(
        LongStream.rangeClosed(1, 300).boxed().toList(),
        all.stream().map(each -> each.result().publication().offset()).sorted().toList());
    assertEquals(
        IntStream.range(0, 300).mapToObj(i -> "p" + i).sorted().toList(),
        texts(node).stream().sorted().toList());
    assertEquals(
        1, all.stream().map(each -> each.result().publication().epoch()).distinct().count());
  }

  @Test
  void aFrozenRedisIsGivenUpAndWhatItDidLateIsNotDoneTwice() {
    var server = durable();
    var node = node(server, Map.of("command_timeout", "300ms", "operation_timeout", "2s"));
    append(node, "a");
    server.signal("STOP");
    assertThrows(StreamsUnavailable.class, () -> append(node, "b"));
    awaitAway(node);
    assertThrows(StreamsUnavailable.class, () -> append(node, "b"));
    server.signal("CONT");
    awaitBack(node);
    assertEquals(2, append(node, "b").offset());
    assertEquals(List.of("a", "b"), texts(node));
    assertTrue(node.counted("disconnects") > 0);
  }

  @Test
  void noMoreThanAllowedWaitsForRedis() {
    var server = durable();
    var node = node(server, Map.of("max_waiting", "10", "max_waiting_bytes", "1048576"));
    append(node, "a");
    server.signal("STOP");
    List<Future<Appended>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(node.streams.append("c" + i, text("x"), KEPT));
    }
    var refused =
        assertThrows(
            StreamsUnavailable.class, () -> node.streams.append("d", text("x"), KEPT).await());
    assertTrue(String.valueOf(refused.getMessage()).contains("too much waits"));
    server.signal("CONT");
    Future.join(waiting).otherwiseEmpty().await();
    awaitBack(node);
    var large = NewPublication.of(Bytes.of(new byte[2 << 20]));
    assertThrows(StreamsUnavailable.class, () -> node.streams.append("d", large, KEPT).await());
    assertEquals(1, node.streams.append("d", text("x"), KEPT).await().publication().offset());
  }

  @Test
  void aFullRedisRefusesAndSaysSo() {
    var server = durable();
    var node = node(server, Map.of());
    append(node, "a");
    assertEquals("+OK", server.command("CONFIG", "SET", "maxmemory", "1"));
    var refused = assertThrows(StreamsUnavailable.class, () -> append(node, "b"));
    assertTrue(String.valueOf(refused.getMessage()).contains("OOM"), refused.getMessage());
    assertTrue(node.engine.trouble().contains("refuses to store"), node.engine.trouble());
    assertEquals("+OK", server.command("CONFIG", "SET", "maxmemory", "0"));
    eventually(() -> "refused", () -> stores(node));
    assertEquals("", node.engine.trouble());
    assertEquals(List.of("a", "b"), texts(node));
  }

  private static boolean stores(TestEngine node) {
    return node.streams.append("c", text("b"), KEPT).map(done -> true).otherwise(false).await();
  }

  @Test
  void aRedisThatThrowsDataAwayIsWarnedOf() {
    var server = server("--maxmemory-policy", "allkeys-lru");
    var node = node(server, Map.of());
    assertTrue(
        node.engine.trouble().contains("maxmemory-policy = allkeys-lru"), node.engine.trouble());
  }

  @Test
  void aReplicaIsNotWrittenTo() {
    var server = server("--replicaof", "127.0.0.1", "1");
    var node = node(server, Map.of("away_patience", "0ms"));
    assertTrue(node.engine.trouble().contains("is a replica"), node.engine.trouble());
    assertThrows(StreamsUnavailable.class, () -> append(node, "a"));
    assertEquals("+OK", server.command("REPLICAOF", "NO", "ONE"));
    awaitBack(node);
    assertEquals(1, append(node, "a").offset());
  }

  @Test
  void aPrimaryThatWasAReplicaMeanwhileBeginsANewEpoch() {
    var server = durable();
    var node = node(server, Map.of());
    var before = append(node, "a");
    assertEquals("+OK", server.command("REPLICAOF", "127.0.0.1", "1"));
    awaitAway(node);
    assertEquals("+OK", server.command("REPLICAOF", "NO", "ONE"));
    awaitBack(node);
    assertNotEquals(before.epoch(), append(node, "b").epoch());
  }

  @Test
  void aPasswordIsNeededAndNeverShown() throws Exception {
    var server = server("--requirepass", "s3cret");
    var file = Files.createTempFile("carillon", "password");
    Files.writeString(file, "s3cret\n");
    var known = node(server, Map.of("password_file", file.toString()));
    assertEquals(1, append(known, "a").offset());
    var wrong = node(server, Map.of("password", "wr0ng", "away_patience", "0ms"));
    assertTrue(wrong.engine.trouble().contains("WRONGPASS"), wrong.engine.trouble());
    assertFalse(wrong.engine.trouble().contains("wr0ng"), wrong.engine.trouble());
    var none = node(server, Map.of("away_patience", "0ms"));
    assertTrue(none.engine.trouble().contains("NOAUTH"), none.engine.trouble());
  }
}
