package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.MapInterceptor;
import dev.carillon.broker.Eventually;
import dev.carillon.cluster.streams.TestGrid;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bus whose registry says for a while that it does not know whether it was told. */
class BusRegistryTest {

  /** How often the next ones are uncertain. */
  private static final AtomicInteger UNCERTAIN = new AtomicInteger();

  private final TestGrid grid = TestGrid.of(1);
  private final HazelcastInstance member = grid.members().get(0);

  /** Refuses what is put, on the thread of the partition, as a copy that does not answer does. */
  private static final class Refusals implements MapInterceptor {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Object interceptPut(@Nullable Object old, Object value) {
      if (UNCERTAIN.getAndDecrement() > 0) {
        throw new IndeterminateOperationStateException("backup acks missed");
      }
      return value;
    }

    @Override
    public @Nullable Object interceptGet(@Nullable Object value) {
      return null;
    }

    @Override
    public @Nullable Object interceptRemove(@Nullable Object removed) {
      return null;
    }

    @Override
    public void afterGet(@Nullable Object value) {}

    @Override
    public void afterPut(@Nullable Object value) {}

    @Override
    public void afterRemove(@Nullable Object removed) {}
  }

  @BeforeEach
  void intercept() {
    UNCERTAIN.set(0);
    member.getMap("__vertx.nodeInfo").addInterceptor(new Refusals());
  }

  @AfterEach
  void stop() {
    grid.close();
  }

  private Vertx open(Duration patience) {
    return open(new BusRegistry(member, patience));
  }

  private static Vertx open(BusRegistry registry) {
    var bus = new EventBusOptions().setHost("127.0.0.1");
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(bus))
        .withClusterManager(registry)
        .buildClustered()
        .await();
  }

  @Test
  void anAddressThatIsUncertainIsToldAgain() {
    UNCERTAIN.set(3);
    var vertx = open(Duration.ofSeconds(60));

    assertEquals(1, member.getMap("__vertx.nodeInfo").size());
    assertTrue(UNCERTAIN.get() < 0);
    vertx.eventBus().<String>consumer("echo", message -> message.reply(message.body()));
    assertEquals("hi", vertx.eventBus().<String>request("echo", "hi").await().body());
    vertx.close().await();
  }

  private static int rows(HazelcastInstance grid) {
    return grid.getMap("__vertx.nodeInfo").size() + grid.getMultiMap("__vertx.subs").size();
  }

  private static void forget(HazelcastInstance grid) {
    grid.getMap("__vertx.nodeInfo").clear();
    grid.getMultiMap("__vertx.subs").clear();
  }

  private static void echo(Vertx vertx) {
    vertx.eventBus().consumer("echo", message -> message.reply("hi")).completion().await();
  }

  @Test
  void afterAMergeThatBroughtNothingAllIsToldAgain() {
    var registry = new BusRegistry(member, Duration.ofSeconds(60));
    var vertx = open(registry);
    echo(vertx);
    forget(member);
    UNCERTAIN.set(3);

    registry.stateChanged(new LifecycleEvent(LifecycleState.MERGED));

    Eventually.eventually(() -> rows(member) + " rows", () -> rows(member) == 2);
    vertx.close().await();
  }

  @Test
  void whatIsNotThereAnyMoreIsToldAgain() {
    var registry = new BusRegistry(member, Duration.ofSeconds(60));
    var vertx = open(registry);
    echo(vertx);
    assertTrue(registry.keep().await(), "nothing is missing");
    forget(member);

    assertFalse(registry.keep().await());

    assertEquals(2, rows(member));
    assertTrue(registry.keep().await());
    vertx.close().await();
  }

  @Test
  void whoIsBackKeepsItsAddressesThoughItsEndIsToldLate() {
    var other = grid.join();
    var registry = new BusRegistry(member, Duration.ofSeconds(60));
    var late = open(registry);
    var back = open(new BusRegistry(other, Duration.ofSeconds(60)));
    echo(back);

    var who = other.getCluster().getLocalMember();
    registry.memberRemoved(
        new MembershipEvent(member.getCluster(), who, MembershipEvent.MEMBER_REMOVED, Set.of(who)));

    assertEquals(3, rows(member));
    assertEquals("hi", late.eventBus().request("echo", "").await().body());
    back.close().await();
    late.close().await();
  }

  @Test
  void patienceEnds() {
    UNCERTAIN.set(Integer.MAX_VALUE);
    assertThrows(IndeterminateOperationStateException.class, () -> open(Duration.ofMillis(300)));
    assertTrue(UNCERTAIN.get() < Integer.MAX_VALUE - 1, "it was tried more than once");
  }
}
