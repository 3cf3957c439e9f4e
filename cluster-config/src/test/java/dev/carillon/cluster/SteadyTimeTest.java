package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.Member;
import com.hazelcast.internal.nio.ClassLoaderUtil;
import dev.carillon.cluster.streams.TestGrid;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the data grid decides by time does not depend on the wall clock of the machine. */
class SteadyTimeTest {

  private static final long START = 1_700_000_000_000L;
  private static final long JUMP_MILLIS = 120_000;

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
