package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes whose bus is not encrypted, as between processes of one machine, and somebody who sends
 * garbage to it. Vert.x believes what it reads, so what is kept is given back at the end of the
 * connection, and that comes soon.
 */
class PlainBusTest {

  private static final int GARBAGE_BYTES = 4_000_000;
  private static final int KEPT_BYTES = 100_000_000;
  private static final long SLACK_BYTES = 32_000_000;

  private static final TestNodes NODES = new TestNodes();
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    first = NODES.first("n1");
    second = NODES.joining("n2", first);
    second.vertx().eventBus().<String>consumer("echo", message -> message.reply(message.body()));
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  private static Stranger.Way stranger() {
    return new Stranger(first.busPort()).plain();
  }

  private static void assertTheBusWorks() {
    var bus = first.vertx().eventBus();
    TestNodes.eventually(
        "an answer", () -> TestNodes.await(bus.request("echo", "hi").map(true).otherwise(false)));
    TestNodes.eventually("ready", () -> first.readiness().ready() && second.readiness().ready());
    assertEquals(2, first.member().hazelcast().getCluster().getMembers().size());
  }

  @Test
  void garbageHarmsNobodyAndIsKeptNowhere() throws IOException {
    long before = Stranger.usedMemory();
    for (int seed = 1; seed <= 8; seed++) {
      var garbage = new byte[GARBAGE_BYTES / 8];
      new Random(seed).nextBytes(garbage);
      // Once with a length that may be one, once with a negative one.
      garbage[0] = (byte) (seed % 2 == 0 ? 0x7f : 0xff);
      stranger().send(garbage);
      assertTheBusWorks();
    }
    TestNodes.eventually("flat", () -> Stranger.usedMemory() - before < SLACK_BYTES);
  }

  /** There is no limit on the length of a message: it is read as long as somebody sends it. */
  @Test
  void aHugeMessageIsKeptUntilItsConnectionEnds() {
    var piece = Buffer.buffer().appendInt(Integer.MAX_VALUE).appendBytes(new byte[65_532]);
    long before = Stranger.usedMemory();
    var outcome = stranger().sendUntilClosed(piece.getBytes(), KEPT_BYTES);
    assertTrue(outcome.bytes() >= KEPT_BYTES, "nobody stopped it");
    TestNodes.eventually("flat", () -> Stranger.usedMemory() - before < SLACK_BYTES);
    assertTheBusWorks();
  }

  /** Nodes ask each other every 3 s on each connection whether it is there. */
  @Test
  void whoSendsHalfAMessageAndFallsSilentIsClosed() throws IOException {
    var half = Buffer.buffer().appendInt(1_000).appendBytes(new byte[500]).getBytes();
    assertTrue(stranger().closes(half), "closed by the node");
    assertTheBusWorks();
  }
}
