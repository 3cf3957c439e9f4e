package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class PendingBytesTest {

  private static final NewPublication ONE = NewPublication.of(Bytes.utf8("x".repeat(680)));

  /** Room for two. */
  private final PendingBytes pending = new PendingBytes(2_500);

  @Test
  void aPublicationCountsUntilItsAnswerWhateverThatIs() {
    Promise<String> stored = Promise.promise();
    Promise<String> failed = Promise.promise();
    pending.during(ONE, stored::future);
    Future<String> second = pending.during(ONE, failed::future);
    assertEquals(2_000, pending.now());
    stored.complete("a");
    assertEquals(1_000, pending.now());
    failed.fail("b");
    assertEquals(0, pending.now());
    assertTrue(second.failed());
  }

  @Test
  void whatFindsNoRoomIsRefusedAndNotBegun() {
    Promise<String> first = Promise.promise();
    Promise<String> second = Promise.promise();
    Promise<String> third = Promise.promise();
    pending.during(ONE, first::future);
    pending.during(ONE, second::future);
    Future<String> refused =
        pending.during(
            ONE,
            () -> {
              throw new AssertionError("begun");
            });
    assertInstanceOf(StreamsUnavailable.class, refused.cause());
    assertEquals(
        "broker.publish_pending_max_bytes = 2500: too much waits to be stored",
        refused.cause().getMessage());
    assertEquals(2_000, pending.now());
    first.complete("a");
    assertFalse(pending.during(ONE, third::future).isComplete());
    assertEquals(2_000, pending.now());
  }

  @Test
  void whatCannotBeginIsNotCounted() {
    assertThrows(
        IllegalStateException.class,
        () ->
            pending.during(
                ONE,
                () -> {
                  throw new IllegalStateException("closed");
                }));
    assertEquals(0, pending.now());
  }

  @Test
  void onePublicationAloneAlwaysHasRoom() {
    var large = NewPublication.of(Bytes.utf8("x".repeat(10_000)));
    Promise<String> stored = Promise.promise();
    pending.during(large, stored::future);
    assertTrue(pending.during(ONE, () -> Future.succeededFuture("a")).failed());
    stored.complete("b");
    assertTrue(pending.during(ONE, () -> Future.succeededFuture("a")).succeeded());
    assertEquals(0, pending.now());
  }
}
