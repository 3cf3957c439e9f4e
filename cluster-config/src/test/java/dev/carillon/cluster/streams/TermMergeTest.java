package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.hazelcast.core.HazelcastInstance;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.cluster.terms.TermScout;
import dev.carillon.cluster.terms.Terms;
import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three members that die, lose each other, and meet again. */
class TermMergeTest {

  private static final int CHANNELS = 20;
  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.guarded(3);

  @AfterEach
  void close() {
    vertx.close().await();
    grid.close();
  }

  /**
   * What the fault lab found: one member away, what the other two acknowledged meanwhile, one of
   * them killed and started again, and it meets the one that was away.
   */
  @Test
  void aMemberThatWasAwayAndAnEmptyOneAreNoMajority() {
    var latest = grid.members().get(0);
    var killed = grid.members().get(1);
    var away = grid.members().get(2);
    var streams = grid.streams(vertx, 0, 2);
    remembers();
    append(streams, "before");

    grid.separate(2);
    eventually(() -> "not two", () -> size(latest) == 2 && size(killed) == 2 && size(away) == 1);
    append(streams, "meanwhile");
    eventually(() -> "less than it has", () -> TermScout.holdAll(killed, terms(away)));
    assertFalse(TermScout.holdAll(away, terms(latest)), "old copies are all");
    grid.kill(1);
    var empty = grid.start(List.of(away));
    grid.members().add(empty);
    serveOnlyTogether(away, empty);

    eventually(() -> "not together", () -> size(away) == 3 && size(latest) == 3);
    for (int i = 0; i < CHANNELS; i++) {
      assertEquals(List.of("before", "meanwhile"), read(grid.streams(vertx, 1, 2), "c" + i));
    }
    assertEquals(List.of("before", "meanwhile"), read(streams, "c0"));
  }

  /** Either of them alone has everything, and a later term there cannot have been. */
  @Test
  void theLastTwoThatLostEachOtherGoOnWithoutTheThird() {
    var one = grid.members().get(0);
    var other = grid.members().get(1);
    var streams = grid.streams(vertx, 0, 2);
    remembers();
    append(streams, "three");
    grid.kill(2);
    eventually(() -> "not two", () -> size(one) == 2 && size(other) == 2);
    append(streams, "two");

    eventually(() -> "no copies", () -> serves(one) && among(one) == 2 && among(other) == 2);
    grid.separate(1);
    eventually(() -> "not apart", () -> size(one) == 1 && size(other) == 1);
    eventually(() -> "not together", () -> size(one) == 2 && size(other) == 2);
    append(streams, "again");
    var all = List.of("three", "two", "again");
    for (int i = 0; i < CHANNELS; i++) {
      assertEquals(all, read(grid.streams(vertx, 1, 2), "c" + i));
    }
  }

  private static int among(HazelcastInstance member) {
    return terms(member).among(member);
  }

  /** Two of them may be asked any time before the third one has come. */
  private static void serveOnlyTogether(HazelcastInstance away, HazelcastInstance empty) {
    eventually(
        () -> "alone",
        () -> {
          boolean alone = size(empty) == 2;
          boolean serves = serves(away) || serves(empty);
          assertFalse(alone && size(empty) == 2 && serves, "old copies serve");
          return size(empty) == 3;
        });
  }

  private void remembers() {
    eventually(
        () -> "no term, or not told that all copies were made",
        () ->
            grid.members().stream()
                .allMatch(member -> serves(member) && terms(member).remembers()));
  }

  private static boolean serves(HazelcastInstance member) {
    return terms(member).serves(member);
  }

  private static Terms terms(HazelcastInstance member) {
    return Objects.requireNonNull(Terms.of(member));
  }

  private static int size(HazelcastInstance member) {
    return member.getCluster().getMembers().size();
  }

  private static void append(Streams streams, String text) {
    IntStream.range(0, CHANNELS)
        .forEach(
            i ->
                streams
                    .append(
                        "c" + i, NewPublication.of(Bytes.utf8(text)).withIdempotencyKey(text), KEPT)
                    .await());
  }

  private static List<String> read(Streams streams, String channel) {
    return streams
        .read(channel, new HistoryQuery(null, 10, false), KEPT)
        .await()
        .publications()
        .stream()
        .map(publication -> publication.data().asUtf8())
        .toList();
  }
}
