package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.StreamPosition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

  private final ChangeLog log = new ChangeLog(7, 42, 3);

  private static StreamPosition at(long offset) {
    return new StreamPosition(offset, "e");
  }

  private static ChangeVersion version(long version) {
    return new ChangeVersion(42, version);
  }

  private static Changes told(long upTo, StreamChange... changes) {
    return new Changes(7, version(upTo), false, List.of(changes));
  }

  private static Changes lost(long upTo) {
    return new Changes(7, version(upTo), true, List.of());
  }

  @Test
  void tellsWhatChangedSince() {
    log.record("a", at(1));
    log.record("b", at(1));
    assertEquals(
        told(2, new StreamChange("a", at(1)), new StreamChange("b", at(1))), log.since(version(0)));
    assertEquals(told(2, new StreamChange("b", at(1))), log.since(version(1)));
    assertNull(log.since(version(2)));
  }

  @Test
  void aBusyChannelIsToldOnceAndTakesNoMoreRoom() {
    log.record("quiet", at(1));
    for (int i = 1; i <= 1_000; i++) {
      log.record("busy", at(i));
    }
    assertEquals(
        told(1_001, new StreamChange("quiet", at(1)), new StreamChange("busy", at(1_000))),
        log.since(version(0)));
  }

  @Test
  void whatWasForgottenIsLostForWhoHadNotSeenIt() {
    for (String channel : List.of("a", "b", "c", "d")) {
      log.record(channel, at(1));
    }
    assertEquals(lost(4), log.since(version(0)));
    assertEquals(
        told(
            4,
            new StreamChange("b", at(1)),
            new StreamChange("c", at(1)),
            new StreamChange("d", at(1))),
        log.since(version(1)));
  }

  @Test
  void aForgottenChannelComesAgain() {
    for (String channel : List.of("a", "b", "c", "d", "a")) {
      log.record(channel, at(1));
    }
    assertEquals(told(5, new StreamChange("a", at(1))), log.since(version(4)));
    assertEquals(lost(5), log.since(version(1)));
  }

  @Test
  void whoKnowsAnotherLogHasLostEverything() {
    log.record("a", at(1));
    assertEquals(lost(1), log.since(ChangeVersion.NONE));
    assertEquals(lost(1), log.since(new ChangeVersion(41, 1)));
    assertEquals(lost(1), log.since(version(9)), "a version that it never had");
  }

  @Test
  void whoReadsWhileItIsFilledMissesNothing() throws InterruptedException {
    ChangeLog busy = new ChangeLog(0, 42, 64);
    int last = 200_000;
    AtomicReference<AssertionError> wrong = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                follow(busy, last);
              } catch (AssertionError broken) {
                wrong.set(broken);
              }
            });
    reader.start();
    for (int i = 1; i <= last; i++) {
      busy.record("c" + i % 16, at(i));
    }
    reader.join();
    assertNull(wrong.get(), () -> String.valueOf(wrong.get()));
  }

  /** Every answer leads at least to where the log stood when it was asked. */
  private static void follow(ChangeLog log, int last) {
    ChangeVersion seen = version(0);
    long newest = 0;
    while (newest < last) {
      Changes changes = log.since(seen);
      if (changes != null) {
        assertTrue(!changes.lost(), "lost though there is room for every channel");
        for (StreamChange change : changes.changes()) {
          newest = Math.max(newest, change.top().offset());
        }
        seen = changes.upTo();
      }
    }
  }
}
