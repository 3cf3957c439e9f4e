package dev.carillon.cluster.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import dev.carillon.broker.Eventually;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.cluster.streams.TestGrid;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom members of a data grid take out of presence when they see, or believe, that others died. */
class PresenceSweepTest {

  private static final String MAP = "carillon.presence";
  private static final Incarnation NOBODY = Incarnation.random();

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(3);

  /** How many leaves of a client all members have told. */
  private final Map<String, Integer> leaves = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    vertx.close().await();
    grid.close();
  }

  @Test
  void whoWasCutOffTakesNobodyOutWhoIsStillThere() {
    var seen = sweep(0);
    var channel = grid.channelOwnedBy(0);
    put(channel, SeenMembers.incarnation(grid.members().get(1)), "lives");
    put(channel, NOBODY, "ghost");

    seen.lose(SeenMembers.incarnation(grid.members().get(1)));
    seen.lose(NOBODY);

    Eventually.eventually(() -> "still " + in(channel), () -> !in(channel).contains("ghost"));
    assertEquals(Set.of("lives"), in(channel));
    Eventually.eventually(() -> "told " + leaves, () -> leaves.equals(Map.of("ghost", 1)));

    grid.kill(0);
    assertEquals(Set.of("lives"), in(channel), "the backup does what the owner decided");
  }

  @Test
  void aFencedNodeWaitsAndThenTakesTheDeadOut() {
    var seen = sweep(0);
    var channel = grid.channelOwnedBy(0);
    put(channel, NOBODY, "ghost");
    seen.fenced = true;

    seen.lose(NOBODY);

    Eventually.eventually(() -> "asked " + seen.asked, () -> seen.asked.get() > 5);
    assertEquals(Set.of("ghost"), in(channel));
    seen.fenced = false;
    Eventually.eventually(() -> "told " + leaves, () -> leaves.equals(Map.of("ghost", 1)));
    assertEquals(Set.of(), in(channel));
  }

  /** Nothing else than the death wakes the sweep: the routine comes too late for this test. */
  @Test
  void theChannelsOfADeadOwnerAreSweptAsSoonAsTheyHaveANewOne() {
    var dead = SeenMembers.incarnation(grid.members().get(2));
    sweep(0);
    sweep(1);
    var expected = new ConcurrentHashMap<String, Integer>();
    for (int i = 0; i < 60; i++) {
      put("room" + i, dead, "c" + i);
      expected.put("c" + i, 1);
    }

    grid.kill(2);

    Eventually.eventually(() -> "told " + leaves, () -> leaves.equals(expected));
    for (int i = 0; i < 60; i++) {
      assertEquals(Set.of(), in("room" + i));
    }
  }

  private SeenMembers sweep(int index) {
    var member = grid.members().get(index);
    var seen = new SeenMembers(member);
    var context = vertx.getOrCreateContext();
    new PresenceSweep(
            vertx,
            context,
            new PresenceGrid(member, map(member)),
            seen,
            (channel, info) -> leaves.merge(info.client(), 1, Integer::sum))
        .open();
    return seen;
  }

  private static IMap<String, ChannelPresence> map(HazelcastInstance member) {
    return member.getMap(MAP);
  }

  private void put(String channel, Incarnation node, String client) {
    var map = map(grid.members().get(0));
    var before = map.get(channel);
    var presence = before == null ? new ChannelPresence() : before;
    var info = new ClientInfo("user", client, Bytes.EMPTY, Bytes.EMPTY);
    presence.put(node, new Present(info, true));
    Eventually.eventually(() -> "not stored", () -> isStored(map, channel, presence));
  }

  /** A copy may be on its way to another member, and not confirm. */
  private static boolean isStored(
      IMap<String, ChannelPresence> map, String channel, ChannelPresence presence) {
    try {
      map.set(channel, presence);
      return true;
    } catch (IndeterminateOperationStateException unconfirmed) {
      return false;
    }
  }

  private Set<String> in(String channel) {
    var presence = map(grid.members().get(0)).get(channel);
    return presence == null ? Set.of() : presence.infos().keySet();
  }
}
