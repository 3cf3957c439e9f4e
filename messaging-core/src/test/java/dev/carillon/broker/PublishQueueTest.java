package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.config.OptionReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishQueueTest {

  private static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private final PublishQueue queue = new PublishQueue();

  private void add(String text, long now) {
    queue.add(text(text), KEPT, now);
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text));
  }

  private static List<String> texts(List<PublishQueue.Waiting> some) {
    return some.stream().map(each -> each.publication().data().asUtf8()).toList();
  }

  @Test
  void whoWaitedTooLongIsTakenOutAndTheOthersStayInOrder() {
    add("a", 1_000);
    add("b", 2_000);
    add("c", 3_000);
    assertEquals(List.of("a", "b"), texts(queue.takeLate(2_001)));
    assertEquals(List.of(), texts(queue.takeLate(2_001)));
    assertEquals(List.of("c"), texts(queue.takeBatch(10)));
    assertTrue(queue.isEmpty());
  }

  @Test
  void whatWasTakenOutMakesRoom() {
    var limits =
        OptionReader.read(BrokerOptions.class, Map.of("publish_queue_max_publications", "1"));
    add("a", 0);
    assertFalse(queue.hasRoomFor(text("b"), limits));
    queue.takeLate(1);
    assertTrue(queue.hasRoomFor(text("b"), limits));
  }
}
