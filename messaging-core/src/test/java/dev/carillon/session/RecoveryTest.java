package dev.carillon.session;

import static dev.carillon.session.SessionFixture.history;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  private static final Predicate<Publication> ALL = publication -> true;
  private static final Predicate<Publication> EVEN = publication -> publication.offset() % 2 == 0;

  @Test
  void whatWasMissedIsRecoveredFromThePositionOfTheClient() {
    recovered(5, Recovery.stream(at(5), history(7, 6, 7), List.of(), ALL), 7, 6, 7);
  }

  @Test
  void aClientAtTheTopHasMissedNothing() {
    recovered(7, Recovery.stream(at(7), history(7), List.of(), ALL), 7);
    recovered(0, Recovery.stream(at(0), history(0), List.of(), ALL), 0);
  }

  @Test
  void liveContinuesHistory() {
    recovered(5, Recovery.stream(at(5), history(7, 6, 7), live(8, 9), ALL), 9, 6, 7, 8, 9);
  }

  @Test
  void whatIsInBothComesOnce() {
    recovered(5, Recovery.stream(at(5), history(7, 6, 7), live(6, 7, 8, 8), ALL), 8, 6, 7, 8);
  }

  @Test
  void liveMayBeOutOfOrder() {
    recovered(5, Recovery.stream(at(5), history(6, 6), live(8, 7), ALL), 8, 6, 7, 8);
  }

  @Test
  void anUnknownEpochMatchesAny() {
    recovered(5, Recovery.stream(new StreamPosition(5, ""), history(6, 6), List.of(), ALL), 6, 6);
  }

  @Test
  void anotherEpochIsNotRecovered() {
    var other = new StreamPosition(5, "other");
    startsAtTop(7, Recovery.stream(other, history(7), List.of(), ALL));
    startsAtTop(5, Recovery.stream(other, history(5), List.of(), ALL));
  }

  @Test
  void whatIsNotKeptAnyMoreIsNotRecovered() {
    startsAtTop(9, Recovery.stream(at(5), history(9, 8, 9), List.of(), ALL));
    startsAtTop(9, Recovery.stream(at(5), history(9), List.of(), ALL));
  }

  @Test
  void moreThanTheLimitIsNotRecovered() {
    startsAtTop(9, Recovery.stream(at(5), history(9, 6, 7), List.of(), ALL));
  }

  @Test
  void aClientAheadOfTheStreamIsNotRecovered() {
    startsAtTop(3, Recovery.stream(at(5), history(3), List.of(), ALL));
    startsAtTop(3, Recovery.stream(at(Long.MAX_VALUE), history(3), List.of(), ALL));
  }

  @Test
  void whoDoesNotRecoverStartsAtTheTopAndIsPushedWhatCameSince() {
    startsAtTop(7, Recovery.none(history(7), List.of()));
    startsAtTop(7, Recovery.none(history(7), live(6, 7, 8, 9)));
    startsAtTop(7, Recovery.stream(new StreamPosition(1, "x"), history(7), live(8), ALL));
  }

  @Test
  void aGapBetweenHistoryAndLiveIsNoStart() {
    assertNull(Recovery.stream(at(5), history(7, 6, 7), live(9), ALL));
    assertNull(Recovery.none(history(7), live(8, 10)));
  }

  @Test
  void anotherEpochInTheMeantimeIsNoStart() {
    var reborn = new Publication(1, "f", Bytes.utf8("1"), null, Map.of(), 0);
    assertNull(Recovery.stream(at(5), history(7, 6, 7), List.of(reborn), ALL));
  }

  @Test
  void whatTheClientDoesNotWantCountsAsDelivered() {
    Recovery recovery = Recovery.stream(at(5), history(7, 6, 7), live(8, 9), EVEN);
    recovered(5, recovery, 9, 6, 8);
  }

  @Test
  void aCacheGivesTheNewestAlone() {
    recovered(0, cache(at(0), history(7, 7), List.of()), 7, 7);
    recovered(5, cache(at(5), history(7, 7), List.of()), 7, 7);
    recovered(9, cache(new StreamPosition(9, "other"), history(7, 7), List.of()), 7, 7);
    recovered(5, cache(at(5), history(7, 7), live(7, 8, 9)), 9, 9);
    recovered(0, cache(at(0), history(0), live(1)), 1, 1);
  }

  @Test
  void aCacheGivesNothingToWhoHasTheNewest() {
    recovered(7, cache(at(7), history(7, 7), List.of()), 7);
    recovered(7, cache(at(7), history(7), List.of()), 7);
    recovered(7, cache(at(7), history(7, 7), live(8)), 8, 8);
    recovered(7, cache(new StreamPosition(7, ""), history(7, 7), List.of()), 7, 7);
  }

  @Test
  void anEmptyCacheIsNotRecovered() {
    startsAtTop(7, cache(at(5), history(7), List.of()));
    startsAtTop(0, cache(at(0), history(0), List.of()));
  }

  @Test
  void aCacheGivesTheNewestThatIsWanted() {
    recovered(0, Recovery.cache(at(0), history(7, 7, 6, 5), List.of(), EVEN), 7, 6);
    recovered(0, Recovery.cache(at(0), history(7, 7, 6, 5), live(8, 9), EVEN), 9, 8);
    recovered(0, Recovery.cache(at(0), history(6, 6), live(7), EVEN), 7, 6);
    startsAtTop(7, Recovery.cache(at(0), history(7, 7), List.of(), EVEN));
  }

  @Test
  void aGapBehindACacheIsNoStart() {
    assertNull(cache(at(5), history(7, 7), live(9)));
  }

  private static @Nullable Recovery cache(
      StreamPosition since, History history, List<Publication> live) {
    return Recovery.cache(since, history, live, ALL);
  }

  private static void recovered(
      long from, @Nullable Recovery recovery, long reached, long... offsets) {
    check(true, from, recovery, offsets);
    assertEquals(at(reached), Objects.requireNonNull(recovery).reached());
  }

  private static void startsAtTop(long top, @Nullable Recovery recovery) {
    check(false, top, recovery);
    assertEquals(at(top), Objects.requireNonNull(recovery).reached());
  }

  private static void check(
      boolean recovered, long start, @Nullable Recovery recovery, long... offsets) {
    assertNotNull(recovery);
    assertEquals(recovered, recovery.recovered());
    assertEquals(at(start), recovery.start());
    assertEquals(live(offsets), recovery.publications());
  }

  private static List<Publication> live(long... offsets) {
    return Arrays.stream(offsets).mapToObj(SessionFixture::publication).toList();
  }

  private static StreamPosition at(long offset) {
    return new StreamPosition(offset, "e");
  }
}
