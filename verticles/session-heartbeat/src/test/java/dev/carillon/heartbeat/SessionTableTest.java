package dev.carillon.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.heartbeat.TableChanges.End;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionChange;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTableTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Incarnation OWNER = new Incarnation(1, 1);
  private static final Incarnation OTHER = new Incarnation(2, 2);

  private final SessionTable table = new SessionTable(30 * SECOND, 0);

  @Test
  void theFirstBeatAsksForASnapshotAndTheTableThenHoldsIt() {
    synced("a", "b");
    assertEquals(Set.of("a", "b"), ids(table.take().puts()));
    assertTrue(table.isKnown(OWNER));
  }

  @Test
  void beatsInOrderAreFollowedWithoutAQuestion() {
    synced("a", "b");
    table.take();
    assertNull(table.beat(beat(2, 2, rows("c"), List.of(change("b", 9)), "a"), SECOND));
    TableChanges changes = table.take();
    assertEquals(Set.of("b", "c"), ids(changes.puts()));
    assertEquals(Map.of("a", new End(OWNER, Reason.CLOSED)), changes.ends());
  }

  @Test
  void aGapAsksForASnapshotAndTheBeatsThatCameMeanwhileFollowIt() {
    synced("a");
    table.take();
    Wanted wanted = table.beat(beat(3, 2, rows("c"), List.of()), SECOND);
    assertNotNull(wanted);
    assertNull(table.beat(beat(4, 3, rows("d"), List.of()), SECOND), "one question at a time");
    assertNull(answer(wanted, 3, 0, 1, "b", "c"));
    TableChanges changes = table.take();
    assertEquals(Set.of("b", "c", "d"), ids(changes.puts()));
    assertEquals(Set.of("a"), changes.ends().keySet());
    assertEquals(3, table.count(OWNER));
  }

  @Test
  void aWrongCountAsksForASnapshot() {
    synced("a");
    assertNotNull(table.beat(beat(2, 7, rows("b"), List.of()), SECOND));
  }

  @Test
  void aBeatThatComesTwiceOrLateChangesNothing() {
    synced("a");
    table.beat(beat(2, 2, rows("b"), List.of()), SECOND);
    table.take();
    assertNull(table.beat(beat(2, 2, rows("b"), List.of()), SECOND));
    assertNull(table.beat(beat(1, 1, rows("x"), List.of(), "a"), SECOND));
    assertTrue(table.take().isEmpty());
  }

  @Test
  void aSnapshotComesInPartsAndAnUnansweredPartStartsItAnew() {
    table.joined(OWNER, 0);
    Wanted first = wanted(table.beat(beat(1, 3, List.of(), List.of()), 0));
    Wanted second = wanted(answer(first, 1, 0, 2, "a", "b"));
    assertEquals(1, second.request().part());
    table.unanswered(second);
    Wanted again = wanted(table.beat(beat(2, 3, List.of(), List.of()), SECOND));
    assertEquals(0, again.request().part());
    assertNull(answer(second, 1, 1, 2, "c"), "an answer to the old question");
    assertEquals(0, table.take().puts().size());
    Wanted rest = wanted(answer(again, 2, 0, 2, "a", "b"));
    assertNull(answer(rest, 2, 1, 2, "c"));
    assertEquals(Set.of("a", "b", "c"), ids(table.take().puts()));
  }

  @Test
  void aSnapshotThatIsGoneIsAskedForAgainAtTheNextBeat() {
    table.joined(OWNER, 0);
    Wanted wanted = wanted(table.beat(beat(1, 0, List.of(), List.of()), 0));
    assertNull(table.chunk(OWNER, SessionSnapshotChunk.gone(wanted.request()), 0));
    assertNotNull(table.beat(beat(2, 0, List.of(), List.of()), 0));
  }

  @Test
  void whenTheOwnerLeavesItsSessionsEndAndItsLateWordsDoNotCount() {
    synced("a", "b");
    table.take();
    table.left(OWNER);
    End end = new End(OWNER, Reason.OWNER_LEFT);
    assertEquals(Map.of("a", end, "b", end), table.take().ends());
    assertNull(table.beat(beat(2, 3, rows("c"), List.of()), SECOND));
    table.left(OWNER);
    assertTrue(table.take().isEmpty());
  }

  @Test
  void whenTheOwnerIsSilentForTheLeaseItsSessionsExpireOnce() {
    synced("a");
    table.joined(OTHER, 0);
    table.take();
    lookEverySecondUntil(30 * SECOND);
    assertTrue(table.take().isEmpty(), "the lease has not passed yet");
    lookEverySecondUntil(31 * SECOND);
    assertEquals(Map.of("a", new End(OWNER, Reason.EXPIRED)), table.take().ends());
    lookEverySecondUntil(99 * SECOND);
    assertTrue(table.take().isEmpty());
  }

  @Test
  void anExpiredSessionDoesNotComeBackWhenItsOwnerDoes() {
    synced("a");
    lookEverySecondUntil(31 * SECOND);
    table.take();
    Wanted wanted = wanted(table.beat(beat(40, 2, rows("b"), List.of()), 40 * SECOND));
    answer(wanted, 40, 0, 1, "a", "b");
    assertEquals(Set.of("b"), ids(table.take().puts()));
    assertEquals(Set.of("a"), table.expired(OWNER), "its owner has to be told again");
    assertNull(table.beat(beat(41, 1, List.of(), List.of(), "a"), 41 * SECOND));
    assertEquals(Set.of(), table.expired(OWNER));
    assertTrue(table.take().isEmpty(), "its end was announced before");
  }

  @Test
  void anObserverThatStoodStillBlamesNobody() {
    synced("a");
    table.take();
    table.look(SECOND);
    table.look(100 * SECOND);
    assertTrue(table.take().isEmpty(), "nobody looked for 99 s");
    lookEverySecondUntil(131 * SECOND);
    assertEquals(Set.of("a"), table.take().ends().keySet());
  }

  @Test
  void whoTakesOverEndsWhatTheSnapshotDoesNotConfirm() {
    table.inherit(OWNER, Set.of("a", "b"), 0);
    table.inherit(OTHER, Set.of("x"), 0);
    table.left(OTHER);
    Wanted wanted = wanted(table.beat(beat(900, 1, List.of(), List.of()), SECOND));
    answer(wanted, 900, 0, 1, "b");
    TableChanges changes = table.take();
    assertEquals(
        Map.of("a", new End(OWNER, Reason.CLOSED), "x", new End(OTHER, Reason.OWNER_LEFT)),
        changes.ends());
    assertEquals(Set.of("b"), ids(changes.puts()));
  }

  @Test
  void whatCouldNotBeWrittenComesBackUnlessSomethingNewerHappened() {
    synced("a", "b");
    TableChanges unwritten = table.take();
    table.beat(beat(2, 1, List.of(), List.of(change("b", 5)), "a"), SECOND);
    table.takeBack(unwritten);
    TableChanges changes = table.take();
    assertEquals(Set.of("a"), changes.ends().keySet());
    assertEquals(List.of(row("b", 5)), List.copyOf(changes.puts()));
  }

  @Test
  void theTableIsMendedWhereItDiffersFromWhatIsKnown() {
    synced("a", "b");
    table.take();
    table.reconcile(OWNER, Set.of("b", "ghost"));
    table.strangers(Set.of("old"));
    TableChanges changes = table.take();
    assertEquals(Set.of("a"), ids(changes.puts()));
    assertEquals(Set.of("ghost", "old"), changes.leftovers());
    assertTrue(changes.ends().isEmpty(), "their end was announced before");
  }

  private void synced(String... ids) {
    table.joined(OWNER, 0);
    Wanted wanted = wanted(table.beat(beat(1, ids.length, rows(ids), List.of()), 0));
    assertNull(answer(wanted, 1, 0, 1, ids));
  }

  private void lookEverySecondUntil(long end) {
    for (long now = 0; now <= end; now += SECOND) {
      table.look(now);
    }
  }

  private @Nullable Wanted answer(
      Wanted wanted, long sequence, int part, int parts, String... ids) {
    SessionSnapshotRequest request = wanted.request();
    return table.chunk(
        OWNER, new SessionSnapshotChunk(request.snapshot(), sequence, part, parts, rows(ids)), 0);
  }

  private static Wanted wanted(@Nullable Wanted wanted) {
    if (wanted == null) {
      throw new AssertionError("nothing is asked for");
    }
    return wanted;
  }

  private static SessionBeat beat(
      long sequence,
      int count,
      List<SessionRecord> opened,
      List<SessionChange> changed,
      String... ended) {
    return new SessionBeat(OWNER, sequence, count, opened, changed, List.of(ended));
  }

  private static SessionChange change(String id, int number) {
    return new SessionChange(id, row(id, number).stats());
  }

  private static List<SessionRecord> rows(String... ids) {
    return Stream.of(ids).map(id -> row(id, 0)).toList();
  }

  private static SessionRecord row(String id, int number) {
    SessionStats stats = new SessionStats(number, 0, number, 0, 0, 0);
    return new SessionRecord(id, OWNER, "n1", "", "", "127.0.0.1:1", "tcp", 1, stats);
  }

  private static Set<String> ids(Collection<SessionRecord> rows) {
    return rows.stream().map(SessionRecord::id).collect(Collectors.toSet());
  }
}
