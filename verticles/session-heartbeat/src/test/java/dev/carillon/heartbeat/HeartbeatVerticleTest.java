package dev.carillon.heartbeat;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.broker.LocalLinks;
import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.BeatOptions;
import dev.carillon.hub.Beats;
import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.Connection;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.Ports;
import dev.carillon.sessions.DisconnectSession;
import dev.carillon.sessions.SessionBeat;
import dev.carillon.sessions.SessionEnded;
import dev.carillon.sessions.SessionEnded.Reason;
import dev.carillon.sessions.SessionQuery;
import dev.carillon.sessions.SessionQuery.Column;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionSnapshotRequest;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several nodes in one process: real beats, real heartbeats, a network that can lose things. */
@Timeout(180)
class HeartbeatVerticleTest {

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final List<SessionEnded> heard = new CopyOnWriteArrayList<>();

  /** Long, so that a test machine that stands still lets nothing expire. */
  private String lease = "60s";

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void connectionsOfEveryProcessAreInTheTableWithTheirNumbers() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    open(n1, "a");
    Fake b = open(n2, "b");
    awaitTable(n1, "a", "b");
    b.bytes = 42;
    eventually(
        () -> "b is told with 42 bytes",
        () -> table(n2).stream().anyMatch(row -> row.stats().bytesIn() == 42));
  }

  @Test
  void aClosedConnectionEndsOnceWithItsReason() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    listen();
    open(n2, "b");
    awaitTable(n1, "b");
    n2.connections().closed("b");
    awaitTable(n1);
    awaitEnded(n2, Reason.CLOSED, "b");
  }

  @Test
  void theSessionsOfAKilledProcessEnd() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    listen();
    open(n2, "b");
    awaitTable(n1, "b");
    kill(n2);
    awaitEnded(n2, Reason.OWNER_LEFT, "b");
    awaitTable(n1);
  }

  @Test
  void whenTheActiveOneIsKilledTheNextOldestGoesOn() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", Beats.HEARTBEAT);
    Ports n3 = node("n3", "tcp-echo");
    listen();
    open(n1, "a");
    open(n3, "c");
    awaitTable(n2, "a", "c");
    kill(n1);
    awaitEnded(n1, Reason.OWNER_LEFT, "a");
    open(n3, "d");
    awaitTable(n2, "c", "d");
    n3.connections().closed("c");
    awaitEnded(n3, Reason.CLOSED, "c");
    awaitTable(n2, "d");
  }

  @Test
  void lostBeatsAndLostSnapshotsAreMadeUpFor() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    Set<Long> lost = ConcurrentHashMap.newKeySet();
    links(n1).loseMessages(message -> message instanceof SessionBeat beat && isFirst(beat, lost));
    links(n2)
        .loseMessages(
            message ->
                message instanceof SessionSnapshotRequest request
                    && lost.add(-1 - request.snapshot() % 3));
    for (int i = 0; i < 20; i++) {
      open(n2, "s" + i);
    }
    eventually(() -> "20 rows", () -> table(n1).size() == 20);
    eventually(() -> "beats were lost", () -> lost.size() > 5);
    for (int i = 0; i < 10; i++) {
      n2.connections().closed("s" + i);
    }
    eventually(() -> "10 rows", () -> table(n1).size() == 10);
  }

  @Test
  void anOwnerThatIsNotHeardLosesItsSessionsAndClosesThem() throws Exception {
    lease = "2s";
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    listen();
    Fake b = open(n2, "b");
    awaitTable(n1, "b");
    links(n1).loseMessages(message -> message instanceof SessionBeat beat && isFrom(n2, beat));
    awaitEnded(n2, Reason.EXPIRED, "b");
    awaitTable(n1);
    eventually(() -> "b was closed", () -> b.ended.equals(List.of(EndReason.EXPIRED)));
    links(n1).loseMessages(message -> false);
    open(n2, "c");
    awaitTable(n1, "c");
  }

  @Test
  void anOwnerThatDidNotHearOfTheEndIsToldAgain() throws Exception {
    lease = "2s";
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    listen();
    Fake b = open(n2, "b");
    awaitTable(n1, "b");
    links(n2).loseMessages(message -> message instanceof SessionEnded);
    links(n1).loseMessages(message -> message instanceof SessionBeat beat && isFrom(n2, beat));
    awaitEnded(n2, Reason.EXPIRED, "b");
    assertEquals(List.of(), b.ended);
    links(n2).loseMessages(message -> false);
    links(n1).loseMessages(message -> false);
    eventually(() -> "b was closed", () -> b.ended.contains(EndReason.EXPIRED));
    awaitTable(n1);
    assertEquals(1, heard.size());
  }

  @Test
  void rowsThatTheTableLostComeBack() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    open(n1, "a");
    awaitTable(n1, "a");
    done(n1.sessions().remove(List.of("a")));
    awaitTable(n1, "a");
    done(n1.sessions().put(List.of(row("old", Incarnation.random(), 0))));
    awaitTable(n1, "a");
  }

  @Test
  void anOperatorsWishReachesTheOwner() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = node("n2", "tcp-echo");
    Fake b = open(n2, "b");
    n1.links().send(incarnation(n2), new DisconnectSession("b", "operator"));
    eventually(() -> "b was closed", () -> b.ended.equals(List.of(EndReason.OPERATOR)));
  }

  @Test
  void aStoppingProcessTellsWhichSessionsItClosed() throws Exception {
    Ports n1 = node("n1", Beats.HEARTBEAT);
    Ports n2 = done(cluster.joinRunning("n2", "tcp-echo"));
    Beats beats = new Beats(beatOptions("100ms"), n2);
    String deployed = done(vertx.deployVerticle(beats));
    listen();
    open(n2, "b");
    awaitTable(n1, "b");
    n2.connections().closed("b");
    done(vertx.undeploy(deployed));
    awaitEnded(n2, Reason.CLOSED, "b");
  }

  private Ports node(String name, String verticle) throws Exception {
    Ports ports = done(cluster.joinRunning(name, verticle));
    if (verticle.equals(Beats.HEARTBEAT)) {
      deploy(new HeartbeatVerticle(heartbeatOptions(), ports));
    }
    deploy(new Beats(beatOptions("100ms"), ports));
    return ports;
  }

  /** One more node that only listens to what is announced. */
  private void listen() throws Exception {
    Ports listener = done(cluster.joinRunning("listener", "nothing"));
    listener.links().onMessage(SessionEnded.class, (from, ended) -> heard.add(ended));
  }

  private void kill(Ports node) {
    cluster.network().leave(incarnation(node));
  }

  private static Fake open(Ports ports, String id) {
    Fake fake = new Fake(row(id, incarnation(ports), 0), ports.connections());
    ports.connections().opened(id, fake);
    return fake;
  }

  private void awaitTable(Ports node, String... ids) {
    eventually(
        () -> "the table is " + table(node),
        () ->
            table(node).stream()
                .map(SessionRecord::id)
                .collect(Collectors.toSet())
                .equals(Set.of(ids)));
  }

  private void awaitEnded(Ports owner, Reason reason, String id) {
    SessionEnded expected = new SessionEnded(incarnation(owner), reason, List.of(id));
    eventually(
        () -> "heard " + heard,
        () -> heard.stream().filter(ended -> ended.equals(expected)).count() == 1);
  }

  private static List<SessionRecord> table(Ports ports) {
    SessionQuery all = new SessionQuery(List.of(), Column.ID, false, 1000, null);
    return ports.sessions().query(all).toCompletionStage().toCompletableFuture().join().rows();
  }

  private static boolean isFirst(SessionBeat beat, Set<Long> lost) {
    return beat.sequence() % 3 == 0 && lost.add(beat.sequence());
  }

  private static boolean isFrom(Ports node, SessionBeat beat) {
    return beat.owner().equals(incarnation(node));
  }

  private static Incarnation incarnation(Ports ports) {
    return ports.membership().self().incarnation();
  }

  private static LocalLinks links(Ports ports) {
    return (LocalLinks) ports.links();
  }

  private void deploy(VerticleBase verticle) throws Exception {
    done(vertx.deployVerticle(verticle));
  }

  private static BeatOptions beatOptions(String interval) {
    return OptionReader.read(
        BeatOptions.class, Map.of("beat_interval", interval, "snapshot_part_rows", 3));
  }

  private HeartbeatOptions heartbeatOptions() {
    return OptionReader.read(
        HeartbeatOptions.class,
        Map.of("lease", lease, "write_interval", "50ms", "reconcile_interval", "100ms"));
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static SessionRecord row(String id, Incarnation owner, long bytes) {
    SessionStats stats = new SessionStats(-1, 0, bytes, 0, 0, 0);
    return new SessionRecord(id, owner, "n", "", "", "127.0.0.1:1", "tcp", 1, stats);
  }

  /** A connection without a socket. */
  private static final class Fake implements Connection {
    private final SessionRecord opened;
    private final Connections connections;
    private final List<EndReason> ended = new CopyOnWriteArrayList<>();
    private volatile long bytes;

    Fake(SessionRecord opened, Connections connections) {
      this.opened = opened;
      this.connections = connections;
    }

    @Override
    public SessionRecord record() {
      return row(opened.id(), opened.owner(), bytes);
    }

    @Override
    public void end(EndReason reason) {
      ended.add(reason);
      connections.closed(opened.id());
    }
  }
}
