package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkFrame;
import dev.carillon.link.LinkPing;
import dev.carillon.wire.Incarnation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkTest {

  private static final Incarnation A = new Incarnation(1, 1);
  private static final Incarnation B = new Incarnation(2, 2);
  private static final LinkLimits SMALL = new LinkLimits(1_000, 5_000, 10_000, 1_000);

  private final LinkSender sender = new LinkSender(A, 1, SMALL);
  private final LinkReceiver receiver = new LinkReceiver(B);

  private static Bytes bytes(int length) {
    return Bytes.of(new byte[length]);
  }

  private void open() {
    receiver.ping(sender.ping());
    sender.acked(receiver.ack());
  }

  private List<LinkFrame> pump(long now) {
    List<LinkFrame> frames = new ArrayList<>();
    @Nullable LinkFrame frame = sender.next(now);
    while (frame != null) {
      frames.add(frame);
      frame = sender.next(now);
    }
    return frames;
  }

  @Test
  void nothingIsSentBeforeThePeerAnswered() {
    sender.offer(bytes(10));
    assertNull(sender.next(0));
    open();
    assertNotNull(sender.next(0));
  }

  @Test
  void smallDeliveriesShareAFrameAndLargeOnesHaveTheirOwn() {
    open();
    for (int i = 0; i < 10; i++) {
      sender.offer(bytes(100));
    }
    sender.offer(bytes(3_000));
    assertEquals(
        List.of(6, 4, 1), pump(0).stream().map(frame -> frame.deliveries().size()).toList());
  }

  @Test
  void theWindowBoundsWhatIsUnderWay() {
    open();
    for (int i = 0; i < 9; i++) {
      sender.offer(bytes(1_000));
    }
    List<LinkFrame> frames = pump(0);
    assertEquals(5, frames.size());
    sender.acked(new LinkAck(B, 1, 2));
    assertEquals(2, pump(0).size());
    sender.acked(new LinkAck(B, 1, 99));
    assertEquals(2, pump(0).size());
    sender.acked(new LinkAck(B, 1, 99));
    assertTrue(sender.isIdle());
    assertEquals(0, sender.bytes());
  }

  @Test
  void aFullQueueMakesThePeerLag() {
    open();
    for (int i = 0; i < 100; i++) {
      sender.offer(bytes(1_000));
      pump(0);
      assertTrue(sender.bytes() <= 5_000 + 10_000 + 2_128, "holds " + sender.bytes());
    }
    assertTrue(sender.isLagging());
    assertNull(sender.next(0));
    assertTrue(sender.bytes() <= 5_320, "the queue is dropped: " + sender.bytes());
    sender.acked(new LinkAck(B, 1, 99));
    LinkFrame resync = sender.next(0);
    assertNotNull(resync);
    assertTrue(resync.resync());
    assertFalse(sender.isLagging());
    sender.offer(bytes(1));
    assertEquals(1, pump(0).size());
  }

  @Test
  void aWindowThatStaysFullMakesThePeerLag() {
    open();
    for (int i = 0; i < 8; i++) {
      sender.offer(bytes(1_000));
    }
    pump(100);
    sender.tick(1_099);
    assertFalse(sender.isLagging());
    sender.tick(1_100);
    assertTrue(sender.isLagging());
  }

  @Test
  void acknowledgementsOfAnEarlierLifeCountNothing() {
    LinkSender next = new LinkSender(A, 2, SMALL);
    next.acked(new LinkAck(B, 1, 5));
    assertFalse(next.isOpen());
  }

  @Test
  void lostFramesAreNoticedByTheNextOrByThePing() {
    assertFalse(receiver.frame(frame(1, 1)).lost());
    assertTrue(receiver.frame(frame(1, 3)).lost());
    assertFalse(receiver.ping(new LinkPing(A, 1, 3)).lost());
    assertTrue(receiver.ping(new LinkPing(A, 1, 5)).lost());
    assertEquals(new LinkAck(B, 1, 5), receiver.ack());
    assertFalse(receiver.frame(frame(1, 6)).lost());
  }

  @Test
  void lateAndRepeatedFramesAreDropped() {
    receiver.frame(frame(1, 1));
    receiver.frame(frame(1, 3));
    assertEquals(0, receiver.frame(frame(1, 2)).deliveries().size());
    assertEquals(0, receiver.frame(frame(1, 3)).deliveries().size());
    assertEquals(1, receiver.frame(frame(1, 4)).deliveries().size());
  }

  @Test
  void anotherLifeOfTheLinkBeginsAnewAndTellsTheLoss() {
    receiver.frame(frame(1, 1));
    assertTrue(receiver.frame(frame(2, 1)).lost());
    assertFalse(receiver.frame(frame(2, 2)).lost());
    assertEquals(0, receiver.frame(frame(1, 9)).deliveries().size(), "the life before is over");
  }

  @Test
  void joiningInTheMiddleTellsTheLoss() {
    assertTrue(receiver.frame(frame(7, 5)).lost());
  }

  /** Whatever is lost on the way: all deliveries arrive in order, or the loss is noticed. */
  @Test
  void nothingIsLostInSilence() {
    for (long seed = 0; seed < 20_000; seed++) {
      new World(seed).run();
    }
  }

  private static LinkFrame frame(long link, long sequence) {
    return new LinkFrame(A, link, sequence, false, List.of(Bytes.utf8("x")));
  }

  /** Two ends and a connection that is cut now and then. */
  private static final class World {
    private final long seed;
    private final SplittableRandom random;
    private final LinkSender sender = new LinkSender(A, 1, new LinkLimits(300, 600, 1_000, 50));
    private final LinkReceiver receiver = new LinkReceiver(B);
    private final Queue<Object> toReceiver = new ArrayDeque<>();
    private final Queue<LinkAck> toSender = new ArrayDeque<>();
    private int offered;
    private int expected;
    private boolean gap;

    World(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int now = 0; now < 200; now++) {
        step(now, now < 120);
      }
      check(sender.isIdle(), "something is under way for ever");
      check(!gap && expected == offered, expected + " of " + offered + " without a word");
    }

    private void step(int now, boolean faulty) {
      if (faulty && random.nextInt(3) > 0) {
        sender.offer(Bytes.utf8(Integer.toString(offered++)));
      }
      LinkFrame frame = sender.next(now);
      if (frame != null) {
        toReceiver.add(frame);
      }
      if (now % 10 == 0) {
        sender.tick(now);
        toReceiver.add(sender.ping());
      }
      if (faulty && random.nextInt(15) == 0) {
        toReceiver.clear();
        toSender.clear();
      }
      if (!faulty || random.nextInt(4) > 0) {
        receive();
      }
    }

    private void receive() {
      Object next = toReceiver.poll();
      while (next != null) {
        take(
            next instanceof LinkFrame frame
                ? receiver.frame(frame)
                : receiver.ping((LinkPing) next));
        next = random.nextBoolean() ? toReceiver.poll() : null;
      }
      toSender.add(receiver.ack());
      while (!toSender.isEmpty()) {
        sender.acked(toSender.remove());
      }
    }

    /** A loss that is told lets the receiver read all that was offered so far from elsewhere. */
    private void take(LinkReceiver.Received received) {
      if (received.lost()) {
        gap = false;
        expected = offered;
      }
      for (Bytes delivery : received.deliveries()) {
        int number = Integer.parseInt(delivery.asUtf8());
        gap |= number > expected;
        expected = Math.max(expected, number + 1);
      }
    }

    private void check(boolean holds, String message) {
      if (!holds) {
        throw new AssertionError("seed " + seed + ": " + message);
      }
    }
  }
}
