package dev.carillon.cluster.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.wire.Incarnation;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of nodes whose clients come and go in one channel: answers fail although the
 * owner did what was asked, or did not; nodes die, or are taken for dead and come back. No clock,
 * no data grid; the same seed gives the same schedule.
 */
class PresencePairingTest {

  private static final int SCHEDULES = 10_000;
  private static final int STEPS = 120;
  private static final int NODES = 3;

  @Test
  void everyJoinThatWasToldIsFollowedByExactlyOneLeave() {
    var seen = new TreeMap<String, Integer>();
    for (int seed = 0; seed < SCHEDULES; seed++) {
      new Schedule(seed, seen).run();
    }
    for (var what :
        List.of(
            "left",
            "told late",
            "swept",
            "came back",
            "spared",
            "refused",
            "interrupted",
            "compared",
            "failed though done")) {
      assertTrue(
          seen.getOrDefault(what, 0) > SCHEDULES / 20, seen + " (expected: more " + what + ")");
    }
  }

  /** What a node asked of the owner, and what the owner made of it. */
  private static final class Call {
    final ChangePresence change;
    boolean done;
    @Nullable Absent absent;

    Call(ChangePresence change) {
      this.change = change;
    }
  }

  private static final class Member {
    ChannelChanges changes = new ChannelChanges();
    Incarnation incarnation;
    @Nullable Call call;

    /** Taken out at the owner, while this member does not know that yet. */
    final Set<String> taken = new HashSet<>();

    boolean alive = true;
    boolean removed;

    Member(Incarnation incarnation) {
      this.incarnation = incarnation;
    }
  }

  private static final class Schedule {
    private final int seed;
    private final Random random;
    private final Map<String, Integer> seen;
    private final Map.Entry<String, @Nullable ChannelPresence> entry = new SimpleEntry<>("c", null);
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> joins = new TreeMap<>();
    private final Map<String, Integer> leaves = new TreeMap<>();
    private final Set<String> here = new HashSet<>();

    /** Nobody can tell the leave of these: who had taken them out died before he knew it. */
    private final Set<String> untold = new HashSet<>();

    private int clients;
    private int lives;

    Schedule(int seed, Map<String, Integer> seen) {
      this.seed = seed;
      this.random = new Random(seed);
      this.seen = seen;
      for (int i = 0; i < NODES; i++) {
        members.add(new Member(incarnation()));
      }
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step(members.get(random.nextInt(NODES)), random.nextInt(100));
      }
      for (var member : members) {
        if (member.removed) {
          comeBack(member);
        }
        while (member.alive && !settled(member)) {
          begin(member);
          execute(member);
          answer(member, true);
        }
      }
      check();
    }

    private void step(Member member, int dice) {
      if (!member.alive) {
        return;
      }
      if (dice < 25) {
        come(member);
      } else if (dice < 45) {
        go(member);
      } else if (dice < 60) {
        begin(member);
      } else if (dice < 75) {
        execute(member);
      } else if (dice < 88) {
        answer(member, true);
      } else if (dice < 93) {
        answer(member, false);
      } else if (dice < 95) {
        interrupt(member);
      } else if (dice < 96) {
        audit(member);
      } else if (dice < 98 && member.removed) {
        comeBack(member);
      } else if (dice == 97 && !member.removed) {
        count("spared");
        assertNull(removal(member).process(entry, inTheCluster()), "who is there is spared");
      } else if (dice == 98 && !member.removed) {
        member.removed = true;
        sweep(member);
      } else if (dice == 99 && !member.removed) {
        if (random.nextBoolean()) {
          execute(member);
        }
        member.alive = false;
        sweep(member);
      }
    }

    private void come(Member member) {
      var client = "c" + ++clients;
      here.add(client);
      member
          .changes
          .add(new Present(new ClientInfo("u", client, Bytes.EMPTY, Bytes.EMPTY), true))
          .onSuccess(in -> told(member, joins, client));
    }

    /** Only who was announced goes: a session asks for one thing after the other. */
    private void go(Member member) {
      var present =
          member.changes.clients().stream().filter(client -> joins.containsKey(client)).toList();
      if (present.isEmpty()) {
        return;
      }
      var client = present.get(random.nextInt(present.size()));
      here.remove(client);
      member
          .changes
          .remove(client)
          .onSuccess(
              there -> {
                if (there) {
                  count("left");
                  told(member, leaves, client);
                }
              });
    }

    private void begin(Member member) {
      var batch = member.changes.begin();
      if (batch != null) {
        member.call =
            new Call(new ChangePresence(member.incarnation, batch.added(), batch.removed()));
      }
    }

    /** A member that was removed reaches nobody any more. */
    private void execute(Member member) {
      var call = member.call;
      if (call != null && !call.done && !member.removed) {
        call.done = true;
        var before = present();
        call.absent = call.change.process(entry, inTheCluster());
        before.removeAll(present());
        member.taken.addAll(before);
      }
    }

    private void answer(Member member, boolean well) {
      var call = member.call;
      if (call == null || well && !call.done) {
        return;
      }
      member.call = null;
      if (well) {
        member.taken.clear();
        member.changes.succeeded(
            call.absent,
            info -> {
              count("told late");
              told(member, leaves, info.client());
            });
      } else {
        count(call.done ? "failed though done" : "failed");
        member.changes.failed(new IllegalStateException("uncertain"));
      }
    }

    /** As when the answer waits for the copy on a member that died: the owner has done it. */
    private void interrupt(Member member) {
      var call = member.call;
      if (call != null && call.done) {
        count("interrupted");
        member.call = null;
        member.changes.interrupted(new IllegalStateException("too late"));
      }
    }

    /** Finds nothing to mend, whenever it happens. */
    private void audit(Member member) {
      if (!member.removed && settled(member)) {
        var presence = entry.getValue() == null ? new ChannelPresence() : entry.getValue();
        assertEquals(
            presence.digest(member.incarnation), member.changes.digest(), "schedule " + seed);
        member.changes.correct(presence.of(member.incarnation::equals).clients());
        assertFalse(member.changes.isWaiting(), "nothing to mend in schedule " + seed);
        count("compared");
      }
    }

    private void sweep(Member member) {
      var gone = removal(member).process(entry, inTheCluster());
      here.removeAll(member.changes.clients());
      untold.addAll(member.taken);
      if (gone != null) {
        count("swept");
        gone.announced().forEach(info -> leaves.merge(info.client(), 1, Integer::sum));
      }
    }

    private void comeBack(Member member) {
      count("came back");
      arriveLate(member);
      member.call = null;
      member.removed = false;
      member.incarnation = incarnation();
      member.taken.clear();
      here.removeAll(member.changes.clients());
      member.changes.forget();
    }

    /** What the former incarnation asked for reaches the owner after all. */
    private void arriveLate(Member member) {
      var call = member.call;
      if (call != null && !call.done && random.nextBoolean()) {
        count("late");
        try {
          call.change.process(entry, inTheCluster());
        } catch (RetryableHazelcastException refused) {
          count("refused");
        }
      }
    }

    private static RemoveIncarnations removal(Member member) {
      return new RemoveIncarnations(Set.of(member.incarnation));
    }

    private Set<Incarnation> inTheCluster() {
      return members.stream()
          .filter(member -> member.alive && !member.removed)
          .map(member -> member.incarnation)
          .collect(Collectors.toSet());
    }

    /** What a node says that the others took for dead reaches nobody. */
    private void told(Member member, Map<String, Integer> what, String client) {
      if (!member.removed && member.alive) {
        what.merge(client, 1, Integer::sum);
      }
    }

    private boolean settled(Member member) {
      return member.call == null && !member.changes.isWaiting();
    }

    private void check() {
      for (var client : joins.entrySet()) {
        var told = client.getKey() + " of schedule " + seed;
        assertEquals(1, client.getValue(), told);
        int gone = here.contains(client.getKey()) ? 0 : 1;
        if (!untold.contains(client.getKey())) {
          assertEquals(gone, leaves.getOrDefault(client.getKey(), 0), told);
        }
      }
      leaves.forEach((client, times) -> assertEquals(1, times, client + " of " + seed));
      assertEquals(here, present(), "present at the end of schedule " + seed);
    }

    private Set<String> present() {
      var presence = entry.getValue();
      return presence == null ? new HashSet<>() : new HashSet<>(presence.infos().keySet());
    }

    private void count(String what) {
      seen.merge(what, 1, Integer::sum);
    }

    private Incarnation incarnation() {
      return new Incarnation(seed, ++lives);
    }
  }
}
