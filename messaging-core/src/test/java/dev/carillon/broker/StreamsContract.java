package dev.carillon.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.port.Streams.Appended;
import dev.carillon.port.Streams.Inquiry;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.StreamChange;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Streams} promises. Each test uses a channel of its own. */
public abstract class StreamsContract {

  protected static final StreamOptions KEPT =
      new StreamOptions(100, Duration.ofHours(1), Duration.ofHours(2));

  private static final StreamOptions THREE =
      new StreamOptions(3, Duration.ofHours(1), Duration.ofHours(2));

  /** The bytes of a stream at most, as the streams under test are to be made. */
  protected static final int MAX_BYTES = 262_144;

  /** The streams under test; the same for the whole test. */
  protected abstract Streams streams();

  protected abstract Vertx vertx();

  protected static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text)).withIdempotencyKey("key of " + text);
  }

  protected final List<Appended> append(String channel, StreamOptions options, String... texts) {
    List<Appended> all = new ArrayList<>();
    for (String text : texts) {
      all.add(streams().append(channel, text(text), options).await());
    }
    return all;
  }

  protected final History read(String channel, HistoryQuery query) {
    return streams().read(channel, query, KEPT).await();
  }

  protected static List<String> texts(History history) {
    return history.publications().stream().map(each -> each.data().asUtf8()).toList();
  }

  @Test
  void offsetsBeginAtOneAndGrowByOne() {
    List<Appended> all = append("offsets", KEPT, "a", "b", "c");
    assertEquals(
        List.of(1L, 2L, 3L), all.stream().map(each -> each.publication().offset()).toList());
    assertEquals(1, all.stream().map(each -> each.publication().epoch()).distinct().count());
    assertFalse(all.get(0).publication().epoch().isEmpty());
  }

  @Test
  void whatWasAppendedIsReadBackWhole() {
    ClientInfo info = new ClientInfo("ada", "c1", Bytes.utf8("{}"), Bytes.utf8("[]"));
    NewPublication publication =
        new NewPublication(Bytes.utf8("{\"text\":\"ü\"}"), info, Map.of("k", "v"), true, "whole");
    Publication stored = streams().append("whole", publication, KEPT).await().publication();
    assertEquals(List.of(stored), read("whole", new HistoryQuery(null, 10, false)).publications());
    assertEquals(info, stored.info());
    assertEquals(Map.of("k", "v"), stored.tags());
    assertTrue(stored.delta());
    assertTrue(Math.abs(stored.time() - System.currentTimeMillis()) < 60_000, "time of storing");
  }

  @Test
  void severalAreAppendedInTheirOrder() {
    List<NewPublication> several =
        IntStream.rangeClosed(1, 50).mapToObj(i -> text("n" + i)).toList();
    List<Appended> all = streams().appendAll("several", several, KEPT).await();
    assertEquals(
        LongStream.rangeClosed(1, 50).boxed().toList(),
        all.stream().map(each -> each.publication().offset()).toList());
    assertEquals(several.get(49).data(), all.get(49).publication().data());
  }

  @Test
  void theSameKeyIsStoredOnce() {
    Appended first = append("keys", KEPT, "a").get(0);
    append("keys", KEPT, "b");
    Appended again = append("keys", KEPT, "a").get(0);
    assertFalse(first.duplicate());
    assertTrue(again.duplicate());
    assertEquals(first.publication(), again.publication());
    assertEquals(List.of("a", "b"), texts(read("keys", new HistoryQuery(null, 10, false))));
  }

  @Test
  void theSameKeyMayBeUsedInAnotherChannel() {
    append("keys one", KEPT, "a");
    assertFalse(append("keys two", KEPT, "a").get(0).duplicate());
  }

  @Test
  void theOldestIsDroppedBeyondTheSize() {
    append("size", THREE, "a", "b", "c", "d", "e");
    History history = read("size", new HistoryQuery(null, 10, false));
    assertEquals(List.of("c", "d", "e"), texts(history));
    assertEquals(5, history.top().offset());
  }

  @Test
  void theOldestIsDroppedBeyondTheBytes() {
    List<String> large = IntStream.range(0, 6).mapToObj(i -> i + "x".repeat(60_000)).toList();
    append("bytes", KEPT, large.toArray(new String[0]));
    History history = read("bytes", new HistoryQuery(null, 10, false));
    assertEquals(large.subList(2, 6), texts(history), "four in %d bytes".formatted(MAX_BYTES));
    append("bytes", KEPT, "y".repeat(2 * MAX_BYTES));
    assertEquals(1, read("bytes", new HistoryQuery(null, 10, false)).publications().size());
    assertEquals(7, read("bytes", HistoryQuery.POSITION).top().offset());
  }

  @Test
  void readingAfterAPositionGivesWhatFollows() {
    StreamPosition second =
        append("since", KEPT, "a", "b", "c", "d").get(1).publication().position();
    assertEquals(List.of("c", "d"), texts(read("since", HistoryQuery.since(second, 10))));
    assertEquals(List.of("c"), texts(read("since", HistoryQuery.since(second, 1))));
    assertEquals(List.of("a"), texts(read("since", new HistoryQuery(second, 10, true))));
    StreamPosition unknownEpoch = new StreamPosition(2, "");
    assertEquals(List.of("c", "d"), texts(read("since", HistoryQuery.since(unknownEpoch, 10))));
  }

  @Test
  void reverseBeginsWithTheNewest() {
    append("reverse", KEPT, "a", "b", "c");
    assertEquals(List.of("c", "b"), texts(read("reverse", new HistoryQuery(null, 2, true))));
  }

  @Test
  void anotherEpochGivesThePositionOnly() {
    append("foreign", KEPT, "a", "b");
    History history = read("foreign", HistoryQuery.since(new StreamPosition(1, "other"), 10));
    assertEquals(List.of(), history.publications());
    assertEquals(2, history.top().offset());
  }

  @Test
  void readingCreatesTheStream() {
    StreamPosition top = read("created", HistoryQuery.POSITION).top();
    assertEquals(0, top.offset());
    assertFalse(top.epoch().isEmpty());
    assertEquals(top, read("created", HistoryQuery.POSITION).top());
    assertEquals(top.epoch(), append("created", KEPT, "a").get(0).publication().epoch());
  }

  @Test
  void oldPublicationsAreNotRead() {
    StreamOptions brief = new StreamOptions(10, Duration.ofMillis(1), Duration.ofHours(1));
    append("old", brief, "a");
    HistoryQuery all = new HistoryQuery(null, 10, false);
    Eventually.eventually(
        () -> "still there",
        () -> streams().read("old", all, brief).await().publications().isEmpty());
    assertEquals(1, streams().read("old", HistoryQuery.POSITION, brief).await().top().offset());
  }

  @Test
  void aStreamThatHasWhatWasSeenIsLeftAlone() {
    StreamPosition top = append("ensured", KEPT, "a", "b").get(1).publication().position();
    assertEquals(top, streams().ensure("ensured", top, KEPT).await());
    StreamPosition older = new StreamPosition(1, top.epoch());
    assertEquals(top, streams().ensure("ensured", older, KEPT).await());
  }

  @Test
  void aStreamThatLostWhatWasSeenStartsANewEpoch() {
    StreamPosition top = append("lost", KEPT, "a").get(0).publication().position();
    StreamPosition seen = new StreamPosition(5, top.epoch());
    StreamPosition next = streams().ensure("lost", seen, KEPT).await();
    assertNotEquals(top.epoch(), next.epoch());
    assertEquals(0, next.offset());
    assertEquals(next, read("lost", HistoryQuery.POSITION).top());
    assertEquals(next, streams().ensure("lost", seen, KEPT).await());
  }

  @Test
  void topsAreThoseOfStreamsThatExist() {
    StreamPosition a = append("top a", KEPT, "1", "2").get(1).publication().position();
    StreamPosition b = append("top b", KEPT, "1").get(0).publication().position();
    assertEquals(
        Map.of("top a", a, "top b", b),
        streams().tops(List.of("top a", "top b", "top nobody")).await());
    assertEquals(Map.of(), streams().tops(List.of()).await());
  }

  private Optional<Changes> changes(int part, ChangeVersion seen) {
    List<Inquiry> inquiries = streams().changes(Map.of(part, seen));
    assertEquals(List.of(Set.of(part)), inquiries.stream().map(Inquiry::parts).toList());
    return inquiries.get(0).answer().await().stream().findFirst();
  }

  @Test
  void partsAreFewAndAlwaysTheSame() {
    for (int i = 0; i < 100; i++) {
      int part = streams().part("part " + i);
      assertTrue(part >= 0 && part < streams().parts(), "part " + part);
      assertEquals(part, streams().part("part " + i));
    }
    assertEquals(List.of(), streams().changes(Map.of()));
  }

  @Test
  void whoKnowsNoLogHasLostWhatItSays() {
    int part = streams().part("unknown log");
    Changes first = changes(part, ChangeVersion.NONE).orElseThrow();
    assertTrue(first.lost());
    assertEquals(part, first.part());
    assertEquals(Optional.empty(), changes(part, first.upTo()));
    ChangeVersion other = new ChangeVersion(first.upTo().log() + 2, first.upTo().version());
    assertTrue(changes(part, other).orElseThrow().lost());
  }

  @Test
  void everyChangeIsToldUntilItIsSeen() {
    int part = streams().part("changes");
    ChangeVersion before = changes(part, ChangeVersion.NONE).orElseThrow().upTo();
    StreamPosition created = read("changes", HistoryQuery.POSITION).top();
    assertEquals(created, told(part, before).changes().get(0).top());
    StreamPosition stored = append("changes", KEPT, "a", "b").get(1).publication().position();
    StreamChange change = new StreamChange("changes", stored);
    assertEquals(List.of(change), told(part, before).changes(), "once, where it stands");
    ChangeVersion seen = told(part, before).upTo();
    read("changes", new HistoryQuery(null, 10, false));
    append("changes", KEPT, "a");
    assertEquals(Optional.empty(), changes(part, seen), "reads and duplicates change nothing");
    StreamPosition ahead = new StreamPosition(9, stored.epoch());
    StreamPosition next = streams().ensure("changes", ahead, KEPT).await();
    assertEquals(List.of(new StreamChange("changes", next)), told(part, seen).changes());
  }

  private Changes told(int part, ChangeVersion seen) {
    Changes changes = changes(part, seen).orElseThrow();
    assertFalse(changes.lost());
    return changes;
  }

  @Test
  void manyAtOnceGetEveryOffsetOnce() {
    List<Future<Appended>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(streams().append("many", text("m" + i), KEPT));
    }
    Future.all(all).await();
    assertEquals(
        LongStream.rangeClosed(1, 300).boxed().toList(),
        all.stream().map(each -> each.result().publication().offset()).sorted().toList());
  }

  @Test
  void answersComeOnTheContextOfTheCaller() throws Exception {
    Context context = vertx().getOrCreateContext();
    CompletableFuture<Context> answeredOn = new CompletableFuture<>();
    context.runOnContext(
        go ->
            streams()
                .append("context", text("a"), KEPT)
                .onComplete(done -> answeredOn.complete(Vertx.currentContext())));
    assertSame(context, answeredOn.get(60, TimeUnit.SECONDS));
  }
}
