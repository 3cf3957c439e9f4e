package dev.carillon.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.EventLoops;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Streams;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.stream.KeyWindow;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Late tries of a call, when its keys may have been stored and dropped meanwhile. */
class ForgottenKeysTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10, Duration.ofHours(1), Duration.ofHours(2));

  private final RedisServer server = RedisServer.forgetful();
  private final TestEngine busy = TestEngine.on(server);
  private final Vertx vertx = Vertx.vertx();

  /** Of the node whose calls are late: while it stands still, each began before what follows. */
  private final AtomicLong clock = new AtomicLong();

  private final Reach reach;
  private final Link link;
  private final Streams late;

  ForgottenKeysTest() {
    RedisEngineOptions options =
        OptionReader.read(
            RedisEngineOptions.class, Map.of("address", server.address(), "check_interval", "1m"));
    StreamKeys keys = StreamKeys.of(options.keyPrefix());
    reach = new Reach(options.address(), clock::get, () -> {});
    Connector connector = new Connector(vertx, options, keys, reach);
    link = new Link(EventLoops.start(vertx, 1).await().get(0), connector, options, reach);
    link.open();
    link.tried().await();
    Attempts attempts = new Attempts(vertx, List.of(link), options, reach, clock::get);
    late = new RedisStreams(attempts, keys, new RedisLimits(1_000_000, 100, 60_000), reach, 100);
  }

  @AfterEach
  void close() {
    link.close().await();
    vertx.close().await();
    busy.close();
    server.close();
  }

  private static NewPublication text(int i) {
    return NewPublication.of(Bytes.utf8("p")).withIdempotencyKey("k" + i);
  }

  /** Those from the first to the last, from another node. */
  private void fill(int first, int last) {
    for (int from = first; from <= last; from += 100) {
      List<NewPublication> batch =
          IntStream.rangeClosed(from, Math.min(last, from + 99))
              .mapToObj(ForgottenKeysTest::text)
              .toList();
      busy.streams.appendAll("c", batch, KEPT).await();
    }
  }

  private Streams.Appended late(int i) {
    return late.append("c", text(i), KEPT).await();
  }

  private long top() {
    return late.read("c", HistoryQuery.POSITION, KEPT).await().top().offset();
  }

  @Test
  void aLateTryIsNotStoredWhenItsKeyMayHaveBeenDropped() {
    fill(1, 4_097);
    StreamsUnavailable failure = assertThrows(StreamsUnavailable.class, () -> late(1));
    assertTrue(failure.toString().contains("too late to know"), failure.toString());
    assertThrows(
        StreamsUnavailable.class,
        () -> late.appendAll("c", List.of(text(4_097), text(9_999)), KEPT).await());
    assertEquals(4_097, top(), "nothing was appended");
    assertTrue(late(2).duplicate(), "what is remembered is answered");
  }

  @Test
  void aLateTryIsStoredWhileNothingWasDropped() {
    fill(1, 4_095);
    assertFalse(late(9_999).duplicate());
    assertEquals(4_096, top());
  }

  @Test
  void aCallThatBeganAfterTheOldestKeyIsStored() {
    fill(1, 4_200);
    clock.addAndGet(60_000);
    assertFalse(late(9_999).duplicate());
    assertFalse(busy.streams.append("c", text(9_998), KEPT).await().duplicate());
  }

  @Test
  void aTryThatIsLaterThanKeysAreRememberedIsNotStored() {
    fill(1, 511);
    long longAgo = System.currentTimeMillis() - KeyWindow.KEEP_MILLIS - 1_000;
    reach.heard(reach.time().era(), longAgo);
    assertFalse(late(9_998).duplicate(), "so few are remembered for ever");
    assertThrows(StreamsUnavailable.class, () -> late(9_999));
  }

  @Test
  void theTimeOfAnotherEraSaysNothing() {
    fill(1, 4_200);
    reach.heard("another", System.currentTimeMillis() + 60_000);
    assertThrows(StreamsUnavailable.class, () -> late(9_999));
    assertFalse(late.append("other", text(9_999), KEPT).await().duplicate(), "room for its key");
  }

  @Test
  void theTimeOfStreamsIsThatOfRedis() {
    long ahead = System.currentTimeMillis() + 3_600_000;
    reach.heard("any", ahead);
    assertEquals(ahead - 1, late.now());
    clock.addAndGet(10_000);
    assertEquals(ahead + 9_989, late.now());
  }

  @Test
  void theTimeOfRedisIsNeverTakenForLaterThanItIs() {
    ServerTime time = new ServerTime("e", 1_000_000, 500);
    assertEquals(999_999, time.atLeast(500));
    assertEquals(999_999, time.atLeast(400), "heard on another thread meanwhile");
    assertEquals(1_009_989, time.atLeast(10_500));
  }
}
