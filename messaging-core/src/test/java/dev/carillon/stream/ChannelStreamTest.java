package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelStreamTest {

  private static final Retention TEN = new Retention(10, 100_000, 1_000, 5_000, 600);
  private static final HistoryQuery ALL = new HistoryQuery(null, 1_000_000, false);

  private final ChannelStream stream = new ChannelStream("e", 0);

  private StoredPublication append(String text, long now) {
    return append(text, TEN, now);
  }

  private StoredPublication append(String text, Retention retention, long now) {
    return stream.append(
        NewPublication.of(Bytes.utf8(text)), IdempotencyKey.of(text), retention, now);
  }

  private List<Long> offsets() {
    return stream.publications().stream().map(Publication::offset).toList();
  }

  @Test
  void bytesAreBoundedButTheNewestIsKept() {
    int weight = append("12345678", TEN, 0).publication().weight();
    Retention two = new Retention(10, 2 * weight, 1_000, 5_000, 600);
    append("abcdefgh", two, 0);
    append("ABCDEFGH", two, 0);
    assertEquals(List.of(2L, 3L), offsets());
    append("x".repeat(10_000), two, 0);
    assertEquals(List.of(4L), offsets());
  }

  @Test
  void whatIsTooOldIsDroppedWithTheNextAppend() {
    append("a", 0);
    append("b", 600);
    append("c", 1_001);
    assertEquals(List.of(2L, 3L), offsets());
  }

  @Test
  void aClockThatJumpsBackDropsNothing() {
    append("a", 1_000_000);
    append("b", 5);
    append("c", 6);
    assertEquals(List.of(1L, 2L, 3L), offsets());
  }

  @Test
  void clocksThatDifferMakeNoHoleInWhatIsRead() {
    append("a", 0);
    append("b", 900);
    append("c", 100);
    assertEquals(
        List.of(2L, 3L),
        stream.read(ALL, 1_000, 1_500).publications().stream().map(Publication::offset).toList());
    assertEquals(List.of(), stream.read(ALL, 1_000, 1_901).publications());
  }

  @Test
  void offsetsGoOnAfterEverythingWasDropped() {
    append("a", 0);
    append("b", 50_000);
    assertEquals(2, stream.position().offset());
    assertEquals(List.of(), stream.read(ALL, 1_000, 100_000).publications());
  }

  @Test
  void epochAndOffsetOutliveHistory() {
    append("a", 0);
    assertFalse(stream.expired(TEN, 5_000));
    assertTrue(stream.expired(TEN, 5_001));
    StreamOptions brief = new StreamOptions(1, Duration.ofSeconds(9), Duration.ofSeconds(1));
    assertEquals(9_000, Retention.of(brief, 100, 600).metaMillis(), "never before history");
  }

  @Test
  void aStreamWithoutPublicationsLivesOnlyAsLongAsItIsWanted() {
    assertFalse(stream.want(600, 99), "told to the copies only after a sixth of its life");
    assertTrue(stream.want(600, 100));
    assertFalse(stream.expired(TEN, 700));
    assertTrue(stream.expired(TEN, 701));
    append("a", 700);
    assertFalse(stream.expired(TEN, 5_700));
    assertFalse(stream.want(600, 5_000), "its life is that of its publication now");
  }

  @Test
  void keysAreKnownForFiveMinutesOrFiveHundredAndTwelvePublications() {
    append("first", 0);
    for (int i = 0; i < 511; i++) {
      append("n" + i, 1_000);
    }
    assertTrue(append("first", 400_000).duplicate(), "one of the last 512");
    append("one more", 1_000);
    append("later", 300_001);
    assertFalse(append("first", 300_002).duplicate(), "neither recent nor young");
  }

  @Test
  void youngKeysAreKeptBeyondFiveHundredAndTwelveButNotWithoutLimit() {
    append("first", 0);
    for (int i = 0; i < 4_095; i++) {
      append("n" + i, 10);
    }
    assertTrue(append("first", 20).duplicate());
    append("one more", 20);
    assertFalse(append("first", 20).duplicate());
    assertEquals(4_096, stream.keys().size());
  }

  @Test
  void aDuplicateOfSomethingDroppedHasItsOffset() {
    append("a", 0);
    for (int i = 0; i < 20; i++) {
      append("n" + i, 0);
    }
    StoredPublication again = append("a", 7);
    assertTrue(again.duplicate());
    assertEquals(new StreamPosition(1, "e"), again.publication().position());
    assertEquals(21, stream.position().offset());
  }

  @Test
  void withoutAKeyNothingIsADuplicate() {
    NewPublication same = NewPublication.of(Bytes.utf8("same"));
    stream.append(same, IdempotencyKey.of(""), TEN, 0);
    assertFalse(stream.append(same, IdempotencyKey.of(""), TEN, 0).duplicate());
  }

  @Test
  void aCopyThatGetsEveryAppendIsEqual() {
    ChannelStream copy = new ChannelStream("e", 0);
    for (int i = 0; i < 700; i++) {
      assertTrue(copy.replicate(append("n" + i, i), TEN));
    }
    assertSameContent(stream, copy);
    assertTrue(
        copy.append(NewPublication.of(Bytes.EMPTY), IdempotencyKey.of("n699"), TEN, 700)
            .duplicate());
  }

  @Test
  void aCopyThatMissedOneTakesNothing() {
    ChannelStream copy = new ChannelStream("e", 0);
    append("a", 0);
    assertFalse(copy.replicate(append("b", 0), TEN));
    assertFalse(new ChannelStream("other", 0).replicate(append("c", 0), TEN));
    assertEquals(0, copy.position().offset());
  }

  @Test
  void aRestoredStreamIsEqual() {
    for (int i = 0; i < 600; i++) {
      append("n" + i, i);
    }
    ChannelStream restored =
        ChannelStream.restore(
            stream.position(),
            stream.changed(),
            stream.keepMillis(),
            stream.publications(),
            stream.keys());
    assertSameContent(stream, restored);
  }

  @Test
  void whatIsTooOldIsDroppedWithoutAnAppendToo() {
    append("a", 0);
    append("b", 500);
    assertFalse(stream.expire(1_000));
    assertTrue(stream.expire(1_001));
    assertEquals(List.of(2L), offsets());
    assertTrue(stream.expire(9_000));
    assertEquals(List.of(), offsets());
    assertEquals(3, append("c", 9_000).publication().offset());
  }

  @Test
  void onlyALossMakesANewEpoch() {
    append("a", 0);
    assertSame(stream, stream.ensure(new StreamPosition(1, "e"), "f", 0));
    assertSame(stream, stream.ensure(new StreamPosition(9, "older"), "f", 0));
    ChannelStream next = stream.ensure(new StreamPosition(2, "e"), "f", 0);
    assertNotSame(stream, next);
    assertEquals(new StreamPosition(0, "f"), next.position());
  }

  @Test
  void anEpochIsNeverEmpty() {
    assertThrows(IllegalArgumentException.class, () -> new ChannelStream("", 0));
  }

  private static void assertSameContent(ChannelStream expected, ChannelStream actual) {
    assertEquals(expected.position(), actual.position());
    assertEquals(expected.changed(), actual.changed());
    assertEquals(expected.publications(), actual.publications());
    assertEquals(expected.keys(), actual.keys());
  }
}
