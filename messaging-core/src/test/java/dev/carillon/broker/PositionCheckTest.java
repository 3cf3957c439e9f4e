package dev.carillon.broker;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.History;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.config.OptionReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionCheckTest {

  private static final StreamOptions STREAM =
      new StreamOptions(9, Duration.ofHours(1), Duration.ofHours(1));

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final MemoryStreams streams = new MemoryStreams(vertx, System::currentTimeMillis);
  private final BrokerOptions options =
      OptionReader.read(
          BrokerOptions.class,
          Map.of("position_check_batch", 10, "position_check_max_rate", 1_000));

  // Owned by the event loop; the lists may be looked at by all.
  private final Map<String, OpenChannel> channels = new HashMap<>();
  private final List<OpenChannel> compared = new CopyOnWriteArrayList<>();
  private final List<Long> pauses = new CopyOnWriteArrayList<>();
  private Future<Void> rest = Future.succeededFuture();
  private final PositionCheck check =
      new PositionCheck(
          channels,
          new FeedShared(streams, options, 2, () -> 0, new OpenParts(4), new FeedCounts()),
          (channel, seen, top) -> compared.add(channel),
          this::rest);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Future<Void> rest(long millis) {
    pauses.add(millis);
    return rest;
  }

  private OpenChannel open(String name) {
    var channel = new OpenChannel(name, streams.part(name), STREAM, options.positionLimits());
    var position = channel.position;
    if (position != null) {
      position.start();
      position.filled(new History(new StreamPosition(1, "e"), List.of()), 0);
    }
    channels.put(name, channel);
    return channel;
  }

  private List<OpenChannel> openMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> open("channel" + i)).toList();
  }

  private void compares(int count) {
    eventually(() -> compared.size() + " compared", () -> compared.size() >= count);
    assertEquals(count, compared.size());
    assertEquals(count, compared.stream().distinct().count());
  }

  @Test
  void everyChannelOfThePartsIsComparedOnce() {
    var all = openMany(100);
    long wanted = all.stream().filter(channel -> channel.part < 2).count();
    loop.runOnContext(go -> check.all(Set.of(0, 1)));
    compares((int) wanted);
    assertEquals(
        compared.stream().map(channel -> channel.part).sorted().toList(),
        compared.stream().map(channel -> channel.part).toList(),
        "those of a part together");
  }

  @Test
  void aPassKeepsToItsRate() {
    openMany(25);
    loop.runOnContext(go -> check.all(Set.of(0, 1, 2, 3)));
    compares(25);
    assertEquals(List.of(20L, 20L), pauses, "10 of 1,000 a second, of which each of 2 has half");
  }

  @Test
  void whatFailedIsComparedLater() {
    openMany(5);
    streams.fail(true);
    loop.runOnContext(go -> check.all(Set.of(0, 1, 2, 3)));
    eventually(() -> "not asked", () -> streams.compared() == 5);
    streams.fail(false);
    eventually(
        () -> compared.size() + " compared",
        () -> {
          loop.runOnContext(go -> check.due());
          return compared.size() == 5;
        });
  }

  @Test
  void whatWasClosedMeanwhileIsLeftOut() {
    openMany(25);
    Promise<Void> resting = Promise.promise();
    rest = resting.future();
    Promise<Void> over = Promise.promise();
    loop.runOnContext(
        go -> {
          check.all(Set.of(0, 1, 2, 3));
          channels.clear();
          resting.complete();
          loop.runOnContext(later -> over.complete());
        });
    over.future().await();
    compares(10);
  }
}
