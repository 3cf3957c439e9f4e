package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void afterAMergeThatBroughtNothingAllIsToldAgain() {
    UNCERTAIN.set(0);
    var registry = new BusRegistry(member, Duration.ofSeconds(60));
    var vertx = open(registry);
    vertx.eventBus().consumer("echo", message -> message.reply("hi")).completion().await();
    var addresses = member.getMap("__vertx.nodeInfo");
    var consumers = member.getMultiMap("__vertx.subs");
    addresses.clear();
    consumers.clear();
    UNCERTAIN.set(3);

    registry.stateChanged(new LifecycleEvent(LifecycleState.MERGED));

    Eventually.eventually(() -> "no consumer", () -> consumers.containsKey("echo"));
    assertEquals(1, addresses.size());
    assertEquals("hi", vertx.eventBus().request("echo", "").await().body());
    vertx.close().await();
  }

  @Test
  void patienceEnds() {
    UNCERTAIN.set(Integer.MAX_VALUE);
    assertThrows(IndeterminateOperationStateException.class, () -> open(Duration.ofMillis(300)));
    assertTrue(UNCERTAIN.get() < Integer.MAX_VALUE - 1, "it was tried more than once");
  }
}
