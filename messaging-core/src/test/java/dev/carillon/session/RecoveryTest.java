package dev.carillon.session;

import static dev.carillon.session.SessionFixture.history;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @Test
  void whatWasMissedIsRecoveredFromThePositionOfTheClient() {
    recovered(5, Recovery.of(at(5), history(7, 6, 7), List.of()), 6, 7);
  }

  @Test
  void aClientAtTheTopHasMissedNothing() {
    recovered(7, Recovery.of(at(7), history(7), List.of()));
    recovered(0, Recovery.of(at(0), history(0), List.of()));
  }

  @Test
  void liveContinuesHistory() {
    recovered(5, Recovery.of(at(5), history(7, 6, 7), live(8, 9)), 6, 7, 8, 9);
  }

  @Test
  void whatIsInBothComesOnce() {
    recovered(5, Recovery.of(at(5), history(7, 6, 7), live(6, 7, 8, 8)), 6, 7, 8);
  }

  @Test
  void liveMayBeOutOfOrder() {
    recovered(5, Recovery.of(at(5), history(6, 6), live(8, 7)), 6, 7, 8);
  }

  @Test
  void anUnknownEpochMatchesAny() {
    recovered(5, Recovery.of(new StreamPosition(5, ""), history(6, 6), List.of()), 6);
  }

  @Test
  void anotherEpochIsNotRecovered() {
    var other = new StreamPosition(5, "other");
    startsAtTop(7, Recovery.of(other, history(7), List.of()));
    startsAtTop(5, Recovery.of(other, history(5), List.of()));
  }

  @Test
  void whatIsNotKeptAnyMoreIsNotRecovered() {
    startsAtTop(9, Recovery.of(at(5), history(9, 8, 9), List.of()));
    startsAtTop(9, Recovery.of(at(5), history(9), List.of()));
  }

  @Test
  void moreThanTheLimitIsNotRecovered() {
    startsAtTop(9, Recovery.of(at(5), history(9, 6, 7), List.of()));
  }

  @Test
  void aClientAheadOfTheStreamIsNotRecovered() {
    startsAtTop(3, Recovery.of(at(5), history(3), List.of()));
    startsAtTop(3, Recovery.of(at(Long.MAX_VALUE), history(3), List.of()));
  }

  @Test
  void whoDoesNotRecoverStartsAtTheTopAndGetsWhatCameSince() {
    startsAtTop(7, Recovery.of(null, history(7), List.of()));
    startsAtTop(7, Recovery.of(null, history(7), live(6, 7, 8, 9)), 8, 9);
    startsAtTop(7, Recovery.of(new StreamPosition(1, "x"), history(7), live(8)), 8);
  }

  @Test
  void aGapBetweenHistoryAndLiveIsNoStart() {
    assertNull(Recovery.of(at(5), history(7, 6, 7), live(9)));
    assertNull(Recovery.of(null, history(7), live(8, 10)));
  }

  @Test
  void anotherEpochInTheMeantimeIsNoStart() {
    var reborn = new Publication(1, "f", Bytes.utf8("1"), null, Map.of(), 0);
    assertNull(Recovery.of(at(5), history(7, 6, 7), List.of(reborn)));
  }

  private static void recovered(long from, @Nullable Recovery recovery, long... offsets) {
    check(true, from, recovery, offsets);
    long reached = from + offsets.length;
    assertEquals(at(reached), Objects.requireNonNull(recovery).reached());
  }

  private static void startsAtTop(long top, @Nullable Recovery recovery, long... offsets) {
    check(false, top, recovery, offsets);
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
