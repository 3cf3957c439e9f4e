package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.carillon.cluster.streams.Uncertain;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the data grid knows of the event bus, told with patience. When nodes start together,
 * partitions move just when each node tells its address and its consumers. A copy may not be
 * confirmed then, which is an error although nothing is wrong: the same is told again.
 */
final class BusRegistry extends HazelcastClusterManager {

  private static final Logger LOG = LoggerFactory.getLogger(BusRegistry.class);

  private static final long AGAIN_MILLIS = 100;

  private final Duration patience;

  // Filled and emptied by the event loops of the consumers.
  private final Set<Registered> registered = ConcurrentHashMap.newKeySet();

  // Set by Vert.x before it asks for anything.
  private volatile @Nullable Vertx vertx;

  private record Registered(String address, RegistrationInfo consumer) {}

  /**
   * @param hazelcast the member; nobody stops it but who started it
   * @param patience how long something uncertain is told again and again
   */
  BusRegistry(HazelcastInstance hazelcast, Duration patience) {
    super(hazelcast);
    this.patience = patience;
  }

  @Override
  public void init(Vertx starting) {
    vertx = starting;
    super.init(starting);
  }

  /**
   * After a merge Vert.x looks through all that is registered, and tells the address and the
   * consumers of this node again, while partitions move. Here it does so on a worker thread,
   * because the data grid calls its listeners one after the other: those that wait to hear that
   * this node is back must not wait for that.
   */
  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleState.MERGED && isActive()) {
      tell("state", done -> merged(event).onComplete(done), () -> true)
          .onFailure(failure -> LOG.warn("The bus may not know all nodes of the cluster", failure));
    }
  }

  private Future<Void> merged(LifecycleEvent event) {
    return Objects.requireNonNull(vertx)
        .executeBlocking(
            () -> {
              super.stateChanged(event);
              return null;
            },
            false);
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> told) {
    tell("address", done -> super.setNodeInfo(info, done), () -> true).onComplete(told);
  }

  @Override
  public void addRegistration(String address, RegistrationInfo consumer, Completable<Void> told) {
    var added = new Registered(address, consumer);
    registered.add(added);
    tell(
            address,
            done -> super.addRegistration(address, consumer, done),
            () -> registered.contains(added))
        .onComplete(told);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo consumer, Completable<Void> told) {
    registered.remove(new Registered(address, consumer));
    super.removeRegistration(address, consumer, told);
  }

  /**
   * @param wanted whether it is still to be told
   */
  private Future<Void> tell(String what, Consumer<Promise<Void>> telling, BooleanSupplier wanted) {
    return tell(new Telling(what, telling, wanted, System.nanoTime() + patience.toNanos()));
  }

  private record Telling(
      String what, Consumer<Promise<Void>> way, BooleanSupplier wanted, long deadline) {}

  private Future<Void> tell(Telling telling) {
    Promise<Void> told = Promise.promise();
    telling.way().accept(told);
    return told.future().recover(failure -> again(telling, failure));
  }

  private Future<Void> again(Telling telling, Throwable failure) {
    boolean inTime = System.nanoTime() - telling.deadline() < 0;
    if (!Uncertain.is(failure) || !inTime || !isActive() || !telling.wanted().getAsBoolean()) {
      return Future.failedFuture(failure);
    }
    LOG.debug("The {} of this node on the bus is told again", telling.what(), failure);
    return Objects.requireNonNull(vertx)
        .timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
        .compose(again -> tell(telling));
  }
}
