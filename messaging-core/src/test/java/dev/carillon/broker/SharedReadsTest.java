package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

  private static final StreamOptions KEPT =
      new StreamOptions(9, Duration.ofHours(1), Duration.ofHours(1));
  private static final HistoryQuery RECOVERY = HistoryQuery.since(at(3), 100);

  /** One for each read of a stream, in their order. */
  private final List<Promise<History>> begun = new ArrayList<>();

  private final SharedReads reads =
      new SharedReads(
          (channel, query, options) -> {
            Promise<History> answer = Promise.promise();
            begun.add(answer);
            return answer.future();
          });

  private static StreamPosition at(long offset) {
    return new StreamPosition(offset, "e");
  }

  private static History history(long top) {
    return new History(at(top), List.of());
  }

  private Future<History> recover(StreamPosition delivered) {
    return reads.read("c", RECOVERY, KEPT, delivered);
  }

  @Test
  void thousandsThatRecoverAtOnceReadTheStreamOnce() {
    List<Future<History>> all = IntStream.range(0, 10_000).mapToObj(i -> recover(at(5))).toList();
    assertEquals(1, begun.size());
    begun.get(0).complete(history(5));
    assertTrue(all.stream().allMatch(each -> each.result().equals(history(5))));
    assertEquals(1, begun.size());
  }

  @Test
  void anAnswerOlderThanWhatWasDeliveredIsNotShared() {
    Future<History> first = recover(at(5));
    Future<History> second = recover(at(6));
    Future<History> third = recover(at(6));
    begun.get(0).complete(history(5));
    assertEquals(history(5), first.result());
    assertFalse(second.isComplete());
    assertEquals(2, begun.size());
    begun.get(1).complete(history(6));
    assertEquals(history(6), second.result());
    assertEquals(history(6), third.result());
    assertEquals(2, begun.size());
  }

  @Test
  void whoDoesNotFollowTheChannelGetsAReadThatBeganLater() {
    reads.read("c", RECOVERY, KEPT, null);
    Future<History> second = reads.read("c", RECOVERY, KEPT, null);
    Future<History> unknown = recover(StreamPosition.NONE);
    begun.get(0).complete(history(5));
    assertFalse(second.isComplete());
    begun.get(1).complete(history(7));
    assertEquals(history(7), second.result());
    assertEquals(history(7), unknown.result());
  }

  @Test
  void otherQuestionsAreReadByThemselves() {
    recover(at(5));
    reads.read("c", HistoryQuery.since(at(2), 100), KEPT, at(5));
    reads.read("d", RECOVERY, KEPT, at(5));
    assertEquals(3, begun.size());
  }

  @Test
  void aFailureIsSharedAndTheNextOneReadsAgain() {
    Future<History> first = recover(at(5));
    Future<History> second = recover(at(5));
    begun.get(0).fail(new StreamsUnavailable("gone"));
    assertTrue(first.failed() && second.failed());
    Future<History> later = recover(at(5));
    begun.get(1).complete(history(5));
    assertEquals(history(5), later.result());
  }
}
