package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.OptionReader;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionChange;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionSnapshotChunk;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionLedgerTest {

  private static final Incarnation OWNER = new Incarnation(1, 2);

  private final SessionLedger ledger =
      new SessionLedger(
          OWNER,
          OptionReader.read(
              BeatOptions.class,
              Map.of(
                  "opened_per_beat", 3,
                  "changes_per_beat", 2,
                  "ended_per_beat", 3,
                  "snapshot_part_rows", 2)));

  @Test
  void aBeatTellsWhatWasOpenedChangedAndEndedSinceTheLast() {
    assertEquals(
        new SessionBeat(OWNER, 1, 2, List.of(row("a", 0), row("b", 0)), List.of(), List.of()),
        ledger.beat(List.of(row("a", 0), row("b", 0))));
    SessionBeat second = ledger.beat(List.of(row("b", 5), row("c", 1)));
    assertEquals(
        new SessionBeat(
            OWNER,
            2,
            2,
            List.of(row("c", 1)),
            List.of(new SessionChange("b", row("b", 5).stats())),
            List.of("a")),
        second);
  }

  @Test
  void aSessionIsToldAnewWhenItsUserBecomesKnown() {
    SessionRecord before = row("a", 0);
    ledger.beat(List.of(before));
    var known =
        new SessionRecord(
            before.id(),
            before.owner(),
            before.node(),
            "js",
            "ana",
            before.address(),
            before.transport(),
            before.since(),
            before.stats());

    assertEquals(
        new SessionBeat(OWNER, 2, 1, List.of(known), List.of(), List.of()),
        ledger.beat(List.of(known)));
    assertEquals(
        new SessionBeat(OWNER, 3, 1, List.of(), List.of(), List.of()), ledger.beat(List.of(known)));
  }

  @Test
  void whenNothingHappenedABeatIsSentAllTheSame() {
    ledger.beat(List.of(row("a", 0)));
    assertEquals(
        new SessionBeat(OWNER, 2, 1, List.of(), List.of(), List.of()),
        ledger.beat(List.of(row("a", 0))));
  }

  @Test
  void aStormIsToldInSeveralBeatsWhoseCountsAgree() {
    List<SessionRecord> ten = rows(10, 0);
    Set<String> known = new HashSet<>();
    for (int beats = 1; beats <= 4; beats++) {
      SessionBeat beat = ledger.beat(ten);
      beat.opened().forEach(row -> known.add(row.id()));
      assertEquals(known.size(), beat.count());
    }
    assertEquals(10, known.size());
    for (int beats = 1; beats <= 4; beats++) {
      SessionBeat beat = ledger.beat(List.of());
      beat.ended().forEach(known::remove);
      assertEquals(known.size(), beat.count());
    }
    assertTrue(known.isEmpty());
  }

  @Test
  void changedSessionsTakeTurns() {
    ledger.beat(rows(3, 0));
    ledger.beat(rows(3, 0));
    Set<String> told = new HashSet<>();
    for (int number = 1; number <= 3; number++) {
      SessionBeat beat = ledger.beat(rows(3, number));
      assertEquals(2, beat.changed().size());
      beat.changed().forEach(change -> told.add(change.id()));
    }
    assertEquals(Set.of("s0", "s1", "s2"), told);
  }

  @Test
  void aSnapshotShowsOneMomentInAllItsParts() {
    ledger.beat(rows(3, 0));
    SessionSnapshotChunk first = ledger.chunk(new SessionSnapshotRequest(7, 0));
    ledger.beat(List.of(row("other", 1)));
    SessionSnapshotChunk second = ledger.chunk(new SessionSnapshotRequest(7, 1));
    assertEquals(1, first.sequence());
    assertEquals(1, second.sequence());
    assertEquals(2, first.parts());
    List<SessionRecord> all = new ArrayList<>(first.rows());
    all.addAll(second.rows());
    assertEquals(rows(3, 0), all);
  }

  @Test
  void withoutSessionsASnapshotIsOneEmptyPart() {
    ledger.beat(List.of());
    assertEquals(
        new SessionSnapshotChunk(7, 1, 0, 1, List.of()),
        ledger.chunk(new SessionSnapshotRequest(7, 0)));
  }

  @Test
  void aPartOfASnapshotThatWasReplacedIsGone() {
    ledger.beat(rows(3, 0));
    ledger.chunk(new SessionSnapshotRequest(7, 0));
    ledger.chunk(new SessionSnapshotRequest(8, 0));
    assertEquals(0, ledger.chunk(new SessionSnapshotRequest(7, 1)).parts());
    assertEquals(2, ledger.chunk(new SessionSnapshotRequest(8, 1)).parts());
    assertEquals(0, ledger.chunk(new SessionSnapshotRequest(8, 2)).parts());
  }

  private static List<SessionRecord> rows(int count, int number) {
    List<SessionRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("s" + i, number));
    }
    return rows;
  }

  private static SessionRecord row(String id, int number) {
    SessionStats stats = new SessionStats(number, 0, number, 0, 0, 0);
    return new SessionRecord(id, OWNER, "n1", "", "", "127.0.0.1:1", "tcp", 1, stats);
  }
}
