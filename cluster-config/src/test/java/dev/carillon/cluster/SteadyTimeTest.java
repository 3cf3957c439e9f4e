package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.Member;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.nio.ClassLoaderUtil;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.cluster.streams.TestGrid;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the data grid decides by time does not depend on the wall clock of the machine. */
class SteadyTimeTest {

  private static final long START = 1_700_000_000_000L;
  private static final long JUMP_MILLIS = 120_000;
  private static final HistoryQuery ALL = new HistoryQuery(null, 1_000, false);

  /** Kept for less than a clock jumps. */
  private static final StreamOptions BRIEF =
      new StreamOptions(1_000, Duration.ofSeconds(60), Duration.ofHours(2));

  private final AtomicLong wall = new AtomicLong(START);
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

  private void pass(long millis) {
    wall.addAndGet(millis);
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void theClockOfTheDataGridGoesOnWhereTheWallClockJumps() {
    var clock = new SteadyClock(wall::get, nanos::get);
    assertEquals(START, clock.currentTimeMillis());
    long passed = 0;
    for (long jump : List.of(JUMP_MILLIS, -JUMP_MILLIS, -JUMP_MILLIS, JUMP_MILLIS)) {
      wall.addAndGet(jump);
      pass(1_000);
      passed += 1_000;
      assertEquals(START + passed, clock.currentTimeMillis());
    }
  }

  @Test
  void aNodeGivesTheDataGridThatClock() throws Exception {
    try (var nodes = new TestNodes()) {
      nodes.first("n1");
      var name = System.getProperty("com.hazelcast.clock.impl");
      assertInstanceOf(SteadyClock.class, ClassLoaderUtil.newInstance(null, name));
    }
  }

  @Test
  void aShortHistoryOutlivesAJumpOfTheWallClock() {
    var ahead = new AtomicLong();
    var clock = new SteadyClock(() -> System.currentTimeMillis() + ahead.get(), System::nanoTime);
    var vertx = Vertx.vertx();
    try (var grid = TestGrid.of(2)) {
      var jumping = grid.streams(vertx, 0, 1, clock::currentTimeMillis);
      var steady = grid.streams(vertx, 1, 1);
      for (int i = 1; i <= 4; i++) {
        steady.append("brief", said("a" + i), BRIEF).await();
        ahead.set(i % 2 == 0 ? -JUMP_MILLIS : JUMP_MILLIS);
        jumping.append("brief", said("b" + i), BRIEF).await();
        jumping.expire().await();
        assertEquals(2 * i, jumping.read("brief", ALL, BRIEF).await().publications().size());
        assertEquals(2 * i, steady.read("brief", ALL, BRIEF).await().publications().size());
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void nodesDatePublicationsByTheTimeOfTheCluster() {
    try (var nodes = new TestNodes()) {
      var first = nodes.first("n1");
      // As if its clock were that much ahead of the other's from the start.
      var grid = ((HazelcastInstanceProxy) first.member().hazelcast()).getOriginal();
      var ahead = System.currentTimeMillis() + JUMP_MILLIS;
      grid.node.getClusterService().getClusterClock().setMasterTime(ahead);
      var both = List.of(first, nodes.joining("n2", first));

      for (var node : both) {
        var broker = node.ports().broker();
        var now = broker.now();
        assertTrue(now >= ahead, now + " (expected: the first node's time, " + ahead + ")");
        TestNodes.await(broker.publish("brief", said(""), BRIEF));
      }
      for (var node : both) {
        var history = TestNodes.await(node.ports().broker().history("brief", ALL, BRIEF));
        assertEquals(2, history.publications().size());
        history.publications().forEach(each -> assertTrue(each.time() >= ahead));
      }
    }
  }

  private static NewPublication said(String key) {
    return NewPublication.of(Bytes.utf8("1")).withIdempotencyKey(key);
  }

  @Test
  void whoWasHeardLatelyCountsWhateverClocksSay() {
    try (var grid = TestGrid.of(3)) {
      var self = grid.members().get(0);
      var others = self.getCluster().getMembers().stream().filter(m -> !m.localMember()).toList();
      var members = List.copyOf(self.getCluster().getMembers());
      var heard = new RecentlyHeard(2, 4_000, nanos::get);

      assertFalse(heard.apply(members), "nobody was heard yet");
      for (long jump : List.of(0L, JUMP_MILLIS, -JUMP_MILLIS)) {
        // What the sender takes for the time is not asked.
        heard.onHeartbeat(others.get(0), START + jump);
        assertTrue(heard.apply(members));
        pass(3_999);
        assertTrue(heard.apply(members));
        pass(1);
        assertFalse(heard.apply(members), "silent for too long");
      }
    }
  }

  @Test
  void whoLeftDoesNotCount() {
    try (var grid = TestGrid.of(2)) {
      var self = grid.members().get(0);
      var all = List.copyOf(self.getCluster().getMembers());
      var heard = new RecentlyHeard(2, 4_000, nanos::get);
      all.forEach(member -> heard.onHeartbeat(member, START));
      List<Member> alone = all.stream().filter(Member::localMember).toList();

      assertTrue(heard.apply(all));
      assertFalse(heard.apply(alone));
      assertFalse(heard.apply(all), "it has to be heard again");
    }
  }
}
