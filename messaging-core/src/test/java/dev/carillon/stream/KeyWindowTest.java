package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a stream with a window of eight keys says of keys that it does not know. */
class KeyWindowTest {

  private static final int WINDOW = 8;
  private static final Retention RETENTION =
      new Retention(1_000, 1 << 20, 1L << 40, 1L << 40, 1L << 40);

  private final ChannelStream stream = new ChannelStream("e", 0, 0, new KeyWindow(WINDOW));

  private static StoredPublication append(ChannelStream stream, String text, long now) {
    return stream.append(
        NewPublication.of(Bytes.utf8(text)), IdempotencyKey.of(text), RETENTION, now);
  }

  private void append(long now, int count) {
    for (int i = 0; i < count; i++) {
      append(stream, "filling " + stream.position().offset(), now);
    }
  }

  private static boolean forgotten(ChannelStream stream, long now, String... texts) {
    return stream.mayHaveForgotten(Stream.of(texts).map(IdempotencyKey::of), now);
  }

  @Test
  void nothingIsForgottenBeforeTheWindowIsFull() {
    append(100, WINDOW - 1);
    assertFalse(forgotten(stream, 1, "late"));
  }

  @Test
  void aKeyThatHadToMakeRoomMayHaveBeenStored() {
    append(stream, "late", 100);
    append(101, WINDOW - 1);
    assertFalse(forgotten(stream, 100, "late"), "known");
    append(101, 1);
    assertTrue(forgotten(stream, 100, "late"));
    assertTrue(forgotten(stream, 99, "older"));
  }

  @Test
  void aCallOfTheSameMillisecondMayHaveBeenStoredToo() {
    append(stream, "late", 100);
    append(100, WINDOW);
    assertTrue(forgotten(stream, 100, "late"));
    assertFalse(forgotten(stream, 101, "fresh"));
  }

  @Test
  void anOlderCallThatWasStoredLaterDoesNotHideANewerOneThatMadeRoom() {
    append(stream, "late", 100);
    append(50, WINDOW);
    assertTrue(forgotten(stream, 100, "late"), "though all that is known is older");
    append(60, 3 * WINDOW);
    assertTrue(forgotten(stream, 100, "late"));
    append(101, WINDOW);
    assertTrue(forgotten(stream, 100, "late"));
    assertFalse(forgotten(stream, 102, "fresh"));
  }

  @Test
  void oneUnknownKeyIsEnoughAndOnlyKnownOnesAreAnswered() {
    append(100, 2 * WINDOW);
    String known = "filling " + (2 * WINDOW - 1);
    assertFalse(forgotten(stream, 100, known, "filling " + WINDOW));
    assertTrue(forgotten(stream, 100, known, "filling 0"));
    assertTrue(append(stream, known, 100).duplicate());
  }

  @Test
  void withoutAKeyNothingIsForgotten() {
    append(100, 2 * WINDOW);
    assertFalse(forgotten(stream, 1, ""));
  }

  @Test
  void copiesKnowAsMuch() {
    ChannelStream follower = new ChannelStream("e", 0, 0, new KeyWindow(WINDOW));
    follower.replicate(append(stream, "late", 100), RETENTION);
    for (int i = 0; i < 3 * WINDOW; i++) {
      follower.replicate(append(stream, "n" + i, 50), RETENTION);
    }
    assertTrue(forgotten(follower, 100, "late"));
    assertEquals(stream.keys(), follower.keys());
    assertTrue(forgotten(LateTriesWorld.copy(stream, WINDOW), 100, "late"));
  }

  @Test
  void noFreshCallIsRefusedAtFortyPublicationsInAMillisecond() {
    ChannelStream busy = new ChannelStream("e", 0);
    for (int i = 0; i < 40_000; i++) {
      // All are on their way for a while, each seventh for a tenth of a second.
      long now = 1_000 + i / 40 - (i % 7 == 0 ? 100 : 10);
      assertFalse(forgotten(busy, now, "n" + i));
      append(busy, "n" + i, now);
    }
    assertTrue(forgotten(busy, 1_000, "n0"));
  }
}
