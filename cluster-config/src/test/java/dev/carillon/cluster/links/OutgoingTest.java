package dev.carillon.cluster.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.NewPublication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  private static ChannelDelivery delivery(int number) {
    var data = Bytes.utf8(Integer.toString(number));
    return new ChannelDelivery("a", NewPublication.of(data).at(number, "e", 0));
  }

  @Test
  void theFirstOneCallsTheEventLoop() {
    var outgoing = new Outgoing(10);
    for (int round = 0; round < 3; round++) {
      assertTrue(outgoing.add(delivery(1)));
      assertFalse(outgoing.add(delivery(2)));
      var batch = new ArrayList<ChannelDelivery>();
      assertFalse(outgoing.drainTo(batch), "nothing is missing");
      assertEquals(List.of(delivery(1), delivery(2)), batch);
      assertTrue(outgoing.isEmpty());
    }
    assertFalse(outgoing.hasOverflown());
  }

  @Test
  void whatDoesNotFitIsDroppedAndThatIsToldOnce() {
    var outgoing = new Outgoing(2);
    for (int i = 1; i <= 5; i++) {
      outgoing.add(delivery(i));
    }
    var batch = new ArrayList<ChannelDelivery>();
    outgoing.drainTo(batch);
    assertEquals(List.of(delivery(1), delivery(2)), batch);
    assertTrue(outgoing.hasOverflown());
    assertFalse(outgoing.hasOverflown());
    assertTrue(outgoing.add(delivery(6)), "there is room again");
  }

  /** Whoever is told to call the event loop, and whoever it tells to come again, does. */
  @Test
  void nothingStaysBehindWhenManyThreadsAdd() {
    var outgoing = new Outgoing(1_000_000);
    var calls = new AtomicInteger();
    var adding =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 50_000; i++) {
                            if (outgoing.add(delivery(i))) {
                              calls.incrementAndGet();
                            }
                          }
                        }))
            .toArray(CompletableFuture<?>[]::new);
    var all = CompletableFuture.allOf(adding);
    int drained = 0;
    boolean over = false;
    while (!over || calls.get() > 0) {
      over = all.isDone();
      if (calls.get() > 0) {
        calls.decrementAndGet();
        var batch = new ArrayList<ChannelDelivery>();
        if (outgoing.drainTo(batch)) {
          calls.incrementAndGet();
        }
        drained += batch.size();
      }
    }
    assertEquals(200_000, drained);
  }
}
