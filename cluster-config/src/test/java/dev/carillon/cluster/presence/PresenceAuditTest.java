package dev.carillon.cluster.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.map.IMap;
import dev.carillon.broker.Eventually;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.cluster.streams.TestGrid;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Presence that is not as a node has told it, for whatever reason, is told again. */
class PresenceAuditTest {

  private static final String MAP = "carillon.presence";

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);
  private final List<ClientInfo> leaves = new CopyOnWriteArrayList<>();
  private final Incarnation self = SeenMembers.incarnation(grid.members().get(0));
  private final HazelcastPresence presence = open();

  @AfterEach
  void stop() {
    vertx.close().await();
    grid.close();
  }

  @Test
  void whatWasLostIsNoticedAndToldAgain() {
    var added = new ArrayList<Future<?>>();
    var rooms = IntStream.range(0, 250).mapToObj(i -> "room" + i).toList();
    for (var room : rooms) {
      added.add(presence.add(room, info("stays"), true));
      added.add(presence.add(room, info("ada"), true));
    }
    Future.all(added).await();
    rooms.forEach(room -> map().delete(room));

    for (var room : rooms) {
      Eventually.eventually(
          () -> room + ": " + in(room), () -> in(room).equals(Set.of("ada", "stays")));
    }
    assertEquals(List.of(), leaves);
  }

  @Test
  void whoIsNotHereIsTakenOutWithoutALeaveAndOthersStay() {
    presence.add("known", info("ada"), true).await();
    put("known", self, "ghost");
    put("known", Incarnation.random(), "other");

    presence.refresh();

    Eventually.eventually(() -> "in " + in("known"), () -> !in("known").contains("ghost"));
    assertEquals(Set.of("ada", "other"), in("known"));
    assertEquals(List.of(), leaves);
  }

  @Test
  void whoChangedIsToldAgain() {
    presence.add("changed", info("ada"), true).await();
    put("changed", self, "ada", "false");

    presence.refresh();

    Eventually.eventually(
        () -> "in " + in("changed"),
        () -> info("ada").equals(presence.presence("changed").await().get("ada")));
  }

  private HazelcastPresence open() {
    var member = grid.members().get(0);
    var opened =
        new HazelcastPresence(
            vertx,
            new PresenceGrid(member, map()),
            new SeenMembers(member),
            (channel, info) -> leaves.add(info),
            List.of(vertx.getOrCreateContext()));
    opened.open();
    return opened;
  }

  private IMap<String, ChannelPresence> map() {
    return grid.members().get(0).getMap(MAP);
  }

  private static ClientInfo info(String client) {
    return new ClientInfo("user", client, Bytes.EMPTY, Bytes.EMPTY);
  }

  private void put(String channel, Incarnation node, String client) {
    put(channel, node, client, "");
  }

  private void put(String channel, Incarnation node, String client, String chanInfo) {
    var presence = Objects.requireNonNull(map().get(channel));
    presence.put(node, new Present(info(client).withChanInfo(Bytes.utf8(chanInfo)), true));
    map().set(channel, presence);
  }

  private Set<String> in(String channel) {
    var presence = map().get(channel);
    return presence == null ? Set.of() : presence.infos().keySet();
  }
}
