package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.PositionEffect.Deliver;
import dev.carillon.stream.PositionEffect.Ensure;
import dev.carillon.stream.PositionEffect.Insufficient;
import dev.carillon.stream.PositionEffect.Read;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules one by one; {@link PositionSimulationTest} mixes them. */
class ChannelPositionTest {

  private static final List<PositionEffect> NOTHING = List.of();

  private final ChannelPosition position = new ChannelPosition(PositionLimits.DEFAULTS);

  @BeforeEach
  void beginAfterTen() {
    assertEquals(List.of(new Read(null)), position.start());
    assertEquals(NOTHING, position.filled(history(10), 0));
  }

  private static Publication publication(long offset, String epoch) {
    return new Publication(offset, epoch, Bytes.EMPTY, null, Map.of(), 0);
  }

  private static Publication publication(long offset) {
    return publication(offset, "e");
  }

  private static StreamPosition at(long offset) {
    return new StreamPosition(offset, "e");
  }

  private static History history(long top, long... offsets) {
    return new History(
        at(top), LongStream.of(offsets).mapToObj(ChannelPositionTest::publication).toList());
  }

  private static Deliver deliver(long... offsets) {
    return new Deliver(LongStream.of(offsets).mapToObj(ChannelPositionTest::publication).toList());
  }

  @Test
  void theNextIsDeliveredAtOnce() {
    assertEquals(List.of(deliver(11)), position.arrived(publication(11), 1));
    assertEquals(List.of(deliver(12)), position.arrived(publication(12), 1));
    assertEquals(Long.MAX_VALUE, position.due());
  }

  @Test
  void lateAndRepeatedOnesAreDropped() {
    assertEquals(NOTHING, position.arrived(publication(10), 1));
    assertEquals(NOTHING, position.arrived(publication(3), 1));
  }

  @Test
  void anEarlyOneWaitsForTheOneBeforeIt() {
    assertEquals(NOTHING, position.arrived(publication(12), 1));
    assertEquals(NOTHING, position.arrived(publication(13), 1));
    assertEquals(List.of(deliver(11, 12, 13)), position.arrived(publication(11), 2));
  }

  @Test
  void aGapIsReadAfterFiftyMilliseconds() {
    position.arrived(publication(12), 100);
    assertEquals(150, position.due());
    assertEquals(NOTHING, position.tick(149));
    assertEquals(List.of(new Read(at(10))), position.tick(150));
    assertEquals(NOTHING, position.tick(500), "one read at a time");
    assertEquals(List.of(deliver(11, 12)), position.filled(history(12, 11, 12), 160));
  }

  @Test
  void aReadThatIsCutIsFollowedByTheNext() {
    position.arrived(publication(14), 0);
    position.tick(50);
    assertEquals(
        List.of(deliver(11, 12), new Read(at(12))), position.filled(history(14, 11, 12), 60));
    assertEquals(List.of(deliver(13, 14)), position.filled(history(14, 13), 70));
  }

  @Test
  void aGapThatTheStreamNoLongerHasIsTold() {
    position.arrived(publication(14), 0);
    position.tick(50);
    assertEquals(List.of(new Insufficient()), position.filled(history(14, 13, 14), 60));
    assertEquals(at(14), position.delivered());
    assertEquals(List.of(deliver(15)), position.arrived(publication(15), 70));
  }

  @Test
  void anotherEpochIsBelievedOnlyWhenTheStreamSaysSo() {
    assertEquals(NOTHING, position.arrived(publication(1, "old or new"), 0));
    assertEquals(List.of(new Read(at(10))), position.tick(50));
    assertEquals(NOTHING, position.filled(history(10), 60), "it was old");
    position.arrived(publication(1, "f"), 100);
    position.tick(150);
    History next = new History(new StreamPosition(1, "f"), List.of());
    assertEquals(List.of(new Insufficient()), position.filled(next, 160));
    assertEquals(
        List.of(new Deliver(List.of(publication(2, "f")))),
        position.arrived(publication(2, "f"), 170));
  }

  @Test
  void aStreamThatStandsBeforeWhatWasSeenIsEnsured() {
    position.compare(at(9), position.observed(), 0);
    position.tick(50);
    assertEquals(List.of(new Ensure(at(10))), position.filled(history(9), 60));
    StreamPosition rotated = new StreamPosition(0, "f");
    assertEquals(List.of(new Insufficient()), position.ensured(rotated, 70));
  }

  @Test
  void aTopBeyondIsWaitedForAndThenRead() {
    position.compare(at(11), position.observed(), 0);
    assertEquals(50, position.due());
    assertEquals(List.of(deliver(11)), position.arrived(publication(11), 20));
    assertEquals(NOTHING, position.tick(50));
    position.compare(null, position.observed(), 100);
    assertEquals(List.of(new Read(at(11))), position.tick(150));
  }

  @Test
  void whatTheOwnerSaysIsWaitedForAndThenRead() {
    position.changed(at(12), 0);
    assertEquals(50, position.due());
    assertEquals(List.of(deliver(11)), position.arrived(publication(11), 20));
    assertEquals(List.of(new Read(at(11))), position.tick(70));
    assertEquals(List.of(deliver(12)), position.filled(history(12, 12), 80));
    position.changed(at(11), 90);
    assertEquals(Long.MAX_VALUE, position.due(), "it was late");
  }

  @Test
  void whatTheOwnerSaidAndNobodySawMayBeLost() {
    position.changed(at(11), 0);
    assertEquals(List.of(new Read(at(10))), position.tick(50));
    assertEquals(NOTHING, position.filled(history(10), 60), "a copy took over that lacks it");
    assertEquals(Long.MAX_VALUE, position.due());
    assertEquals(at(10), position.observed());
    assertEquals(List.of(deliver(11)), position.arrived(publication(11), 70));
  }

  @Test
  void anotherEpochThatTheOwnerTellsIsReadFirst() {
    position.changed(new StreamPosition(3, "f"), 0);
    assertEquals(List.of(new Read(at(10))), position.tick(50));
    History next = new History(new StreamPosition(3, "f"), List.of());
    assertEquals(List.of(new Insufficient()), position.filled(next, 60));
    assertEquals(new StreamPosition(3, "f"), position.delivered());
  }

  @Test
  void whatTheOwnerSaysBeforeTheFirstAnswerIsNotForgotten() {
    ChannelPosition fresh = new ChannelPosition(PositionLimits.DEFAULTS);
    fresh.start();
    fresh.changed(at(11), 0);
    assertEquals(NOTHING, fresh.filled(history(10), 10));
    assertEquals(List.of(new Read(at(10))), fresh.tick(60));
    assertEquals(List.of(deliver(11)), fresh.filled(history(11, 11), 70));
  }

  @Test
  void whatIsSaidLastBeforeTheFirstAnswerMayBeOlder() {
    ChannelPosition fresh = new ChannelPosition(PositionLimits.DEFAULTS);
    fresh.start();
    fresh.changed(at(11), 0);
    fresh.compare(at(10), StreamPosition.NONE, 5);
    assertEquals(NOTHING, fresh.filled(history(10), 10));
    assertEquals(List.of(new Read(at(10))), fresh.tick(60));
  }

  @Test
  void ofTwoEpochsBeforeTheFirstAnswerTheStreamKnowsTheLater() {
    ChannelPosition fresh = new ChannelPosition(PositionLimits.DEFAULTS);
    fresh.start();
    fresh.changed(at(10), 0);
    fresh.changed(new StreamPosition(1, "f"), 1);
    fresh.changed(at(10), 2);
    assertEquals(NOTHING, fresh.filled(history(10), 10));
    assertEquals(List.of(new Read(at(10))), fresh.tick(60));
  }

  @Test
  void aTopCountsThoughAnotherEpochBeganWhileItWasAskedFor() {
    StreamPosition observed = position.observed();
    position.changed(new StreamPosition(3, "f"), 0);
    position.tick(50);
    position.filled(new History(new StreamPosition(3, "f"), List.of()), 60);
    position.compare(new StreamPosition(4, "f"), observed, 70);
    assertEquals(List.of(new Read(new StreamPosition(3, "f"))), position.tick(120));
  }

  @Test
  void anOffsetThatIsGivenOutAgainDuringAReadIsNotTakenForTheLostOne() {
    position.changed(at(11), 0);
    assertEquals(List.of(new Read(at(10))), position.tick(50));
    position.changed(at(11), 55);
    assertEquals(NOTHING, position.filled(history(10), 60), "answered before it was given out");
    assertEquals(List.of(new Read(at(10))), position.tick(110));
    assertEquals(List.of(deliver(11)), position.filled(history(11, 11), 120));
  }

  @Test
  void moreThanTheLimitIsNotHeldButReadLater() {
    LongStream.rangeClosed(12, 12 + 256)
        .forEach(offset -> assertEquals(NOTHING, position.arrived(publication(offset), 0)));
    assertEquals(List.of(deliver(11)), position.arrived(publication(11), 10));
    assertEquals(List.of(new Read(at(11))), position.tick(60));
  }

  @Test
  void failedReadsAreRepeatedAndFinallyTold() {
    position.arrived(publication(12), 0);
    for (long now = 50; now < 10_050; now += 200) {
      assertEquals(List.of(new Read(at(10))), position.tick(now));
      assertEquals(NOTHING, position.failed(now));
    }
    assertEquals(List.of(new Read(at(10))), position.tick(10_050));
    assertEquals(List.of(new Insufficient()), position.failed(10_050));
    assertEquals(List.of(new Read(null)), position.tick(10_250), "where does it stand now?");
    assertEquals(NOTHING, position.arrived(publication(21), 10_260));
    assertEquals(List.of(deliver(21)), position.filled(history(20), 10_270));
  }

  @Test
  void withoutAPositionThereIsNoOrder() {
    Publication live = publication(0, "");
    assertEquals(List.of(new Deliver(List.of(live))), position.arrived(live, 0));
  }
}
