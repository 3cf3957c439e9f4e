package dev.carillon.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.OptionReader;
import dev.carillon.hub.BeatOptions;
import dev.carillon.hub.SessionLedger;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes open, change and close sessions and die; beats are lost, late and doubled; questions
 * stay unanswered; writes fail half way; processes fall silent; heartbeats take over. After all
 * that, and a few quiet beats, the table holds exactly the sessions that live, and everything that
 * was ever in it and does not live any more was announced, once, with a true reason.
 */
class RandomScheduleTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long LEASE = 30 * SECOND;

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 2_000, 3_000})
  void theTableAlwaysEndsUpTrue(int firstSeed) {
    for (int seed = firstSeed; seed < firstSeed + 250; seed++) {
      new World(seed).run();
    }
  }

  /** One process with sessions. */
  private static final class Process {
    final Incarnation incarnation;
    final SessionLedger ledger;
    final Map<String, SessionRecord> live = new HashMap<>();
    boolean isSilent;

    Process(Incarnation incarnation, BeatOptions options) {
      this.incarnation = incarnation;
      this.ledger = new SessionLedger(incarnation, options);
    }
  }

  /** What became of a session. */
  private record Announced(Reason reason, long at) {}

  private static final class World {
    private final int seed;
    private final Random random;
    private final BeatOptions options;
    private final List<Process> processes = new ArrayList<>();
    private final List<SessionBeat> onTheWay = new ArrayList<>();
    private final Map<String, SessionRecord> stored = new HashMap<>();
    private final Map<String, Announced> announced = new HashMap<>();
    private final Set<String> everStored = new HashSet<>();
    private final Set<Incarnation> dead = new HashSet<>();
    private final Map<Incarnation, Long> heardAt = new HashMap<>();
    private final Set<Incarnation> everSilent = new HashSet<>();
    private SessionTable table = new SessionTable(LEASE, 0);
    private boolean isQuiet;
    private long now;
    private int ids;

    World(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.options =
          OptionReader.read(
              BeatOptions.class,
              Map.of(
                  "opened_per_beat", 1 + random.nextInt(8),
                  "changes_per_beat", 1 + random.nextInt(8),
                  "ended_per_beat", 1 + random.nextInt(8),
                  "snapshot_part_rows", 1 + random.nextInt(5)));
    }

    void run() {
      for (int i = 0; i < 3; i++) {
        startProcess();
      }
      for (int step = 0; step < 400; step++) {
        now += random.nextInt(1_000) * 1_000_000L;
        look();
        step();
      }
      calmDown();
      check();
    }

    private void look() {
      heardAt.forEach(
          (owner, at) -> {
            if (now - at > LEASE) {
              everSilent.add(owner);
            }
          });
      table.look(now);
    }

    private void step() {
      Process process = processes.get(random.nextInt(processes.size()));
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> open(process);
        case 4, 5 -> close(process);
        case 6, 7 -> change(process);
        case 8, 9, 10, 11, 12 -> beat(process);
        case 13, 14, 15 -> deliverAny();
        case 16, 17 -> write();
        case 18 -> silence(process);
        default -> rareEvent(process);
      }
    }

    private void rareEvent(Process process) {
      switch (random.nextInt(4)) {
        case 0 -> kill(process);
        case 1 -> takeOver();
        case 2 -> startProcess();
        default -> reconcile();
      }
    }

    private void startProcess() {
      Process process = new Process(new Incarnation(seed, processes.size() + dead.size()), options);
      processes.add(process);
      heardAt.put(process.incarnation, now);
      table.joined(process.incarnation, now);
    }

    private void open(Process process) {
      String id = "s" + ids++;
      process.live.put(id, row(id, process.incarnation, 0));
    }

    private void close(Process process) {
      process.live.keySet().stream().findAny().ifPresent(process.live::remove);
    }

    private void change(Process process) {
      process.live.replaceAll(
          (id, row) -> random.nextBoolean() ? row : row(id, row.owner(), random.nextInt(100)));
    }

    private void beat(Process process) {
      if (process.isSilent) {
        return;
      }
      SessionBeat beat = process.ledger.beat(List.copyOf(process.live.values()));
      if (isQuiet || random.nextInt(10) > 0) {
        onTheWay.add(beat);
      }
      if (!isQuiet && random.nextInt(10) == 0) {
        onTheWay.add(beat);
      }
    }

    private void deliverAny() {
      if (!onTheWay.isEmpty()) {
        deliver(onTheWay.remove(isQuiet ? 0 : random.nextInt(Math.min(3, onTheWay.size()))));
      }
    }

    private void deliver(SessionBeat beat) {
      heardAt.put(beat.owner(), now);
      Wanted wanted = table.beat(beat, now);
      while (wanted != null) {
        Process owner = process(wanted.owner());
        if (owner == null || owner.isSilent || (!isQuiet && random.nextInt(8) == 0)) {
          table.unanswered(wanted);
          return;
        }
        wanted = table.chunk(owner.incarnation, owner.ledger.chunk(wanted.request()), now);
      }
      remind(beat.owner());
    }

    private void remind(Incarnation owner) {
      Process process = process(owner);
      if (process != null && table.isKnown(owner)) {
        process.live.keySet().removeAll(table.expired(owner));
      }
    }

    private void write() {
      TableChanges changes = table.take();
      for (var end : List.copyOf(changes.ends().entrySet())) {
        if (fails(changes)) {
          return;
        }
        stored.remove(end.getKey());
        changes.removed(List.of(end.getKey()));
        announce(end.getKey(), end.getValue());
      }
      List.copyOf(changes.leftovers()).forEach(stored::remove);
      changes.removed(List.copyOf(changes.leftovers()));
      for (SessionRecord row : List.copyOf(changes.puts())) {
        if (fails(changes)) {
          return;
        }
        assertNull(announced.get(row.id()), () -> seed + ": came back: " + row);
        stored.put(row.id(), row);
        everStored.add(row.id());
        changes.written(List.of(row));
      }
    }

    private boolean fails(TableChanges changes) {
      boolean fails = !isQuiet && random.nextInt(30) == 0;
      if (fails) {
        table.takeBack(changes);
      }
      return fails;
    }

    private void announce(String id, TableChanges.End end) {
      Announced before = announced.put(id, new Announced(end.reason(), now));
      assertNull(before, () -> seed + ": " + id + " ended twice: " + before + ", " + end);
      Process owner = process(end.owner());
      boolean isTrue =
          switch (end.reason()) {
            case CLOSED -> owner == null || !owner.live.containsKey(id);
            case OWNER_LEFT -> dead.contains(end.owner());
            case EXPIRED -> everSilent.contains(end.owner());
          };
      assertTrue(isTrue, () -> "seed " + seed + ": " + id + " did not end so: " + end);
      if (end.reason() == Reason.EXPIRED && owner != null && !owner.isSilent) {
        owner.live.remove(id);
      }
    }

    private void silence(Process process) {
      process.isSilent = !process.isSilent;
    }

    private void kill(Process process) {
      if (processes.size() > 1) {
        processes.remove(process);
        dead.add(process.incarnation);
        table.left(process.incarnation);
      }
    }

    /** The next one knows what is stored and who lives, and nothing else. */
    private void takeOver() {
      boolean isToldAll =
          processes.stream().allMatch(process -> table.expired(process.incarnation).isEmpty());
      if (!isToldAll) {
        return;
      }
      SessionTable next = new SessionTable(LEASE, now);
      Map<Incarnation, Set<String>> byOwner =
          stored.values().stream()
              .collect(
                  Collectors.groupingBy(
                      SessionRecord::owner,
                      Collectors.mapping(SessionRecord::id, Collectors.toSet())));
      byOwner.forEach((owner, held) -> next.inherit(owner, held, now));
      processes.forEach(process -> next.joined(process.incarnation, now));
      byOwner.keySet().stream().filter(owner -> process(owner) == null).forEach(next::left);
      table = next;
    }

    private void reconcile() {
      write();
      if (table.hasChanges()) {
        return;
      }
      for (Process process : processes) {
        table.reconcile(
            process.incarnation,
            stored.values().stream()
                .filter(row -> row.owner().equals(process.incarnation))
                .map(SessionRecord::id)
                .collect(Collectors.toSet()));
      }
    }

    private void calmDown() {
      isQuiet = true;
      for (Process process : processes) {
        process.isSilent = false;
      }
      for (int round = 0; round < 200; round++) {
        now += SECOND;
        look();
        processes.forEach(this::beat);
        while (!onTheWay.isEmpty()) {
          deliverAny();
        }
        write();
      }
    }

    private void check() {
      Map<String, SessionRecord> live = new HashMap<>();
      processes.forEach(process -> live.putAll(process.live));
      assertEquals(live, stored, "seed " + seed);
      everStored.removeAll(live.keySet());
      assertTrue(announced.keySet().containsAll(everStored), "seed " + seed);
    }

    private @Nullable Process process(Incarnation incarnation) {
      return processes.stream()
          .filter(process -> process.incarnation.equals(incarnation))
          .findFirst()
          .orElse(null);
    }

    private static SessionRecord row(String id, Incarnation owner, int number) {
      SessionStats stats = new SessionStats(number, 0, number, 0, 0, 0);
      return new SessionRecord(id, owner, "n1", "", "", "127.0.0.1:1", "tcp", 1, stats);
    }
  }
}
