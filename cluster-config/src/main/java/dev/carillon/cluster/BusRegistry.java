package dev.carillon.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.multimap.MultiMap;
import dev.carillon.cluster.streams.Uncertain;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the data grid knows of the event bus: the address of each node, and where consumers are.
 * What concerns this node is told with patience, and told again when it is not there any more.
 *
 * <p>With patience, because partitions move when nodes start together: a copy may not be confirmed
 * then, which is an error although nothing is wrong. Again, because the other nodes take away what
 * belongs to one that has left, and may be late: it is back, and has told it anew.
 */
final class BusRegistry extends HazelcastClusterManager {

  private static final Logger LOG = LoggerFactory.getLogger(BusRegistry.class);

  private static final long AGAIN_MILLIS = 100;

  /** What vertx-hazelcast calls its maps. */
  static final String ADDRESSES = "__vertx.nodeInfo";

  static final String CONSUMERS = "__vertx.subs";

  private final HazelcastInstance hazelcast;

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
    this.hazelcast = hazelcast;
    this.patience = patience;
  }

  @Override
  public void init(Vertx starting) {
    vertx = starting;
    super.init(starting);
  }

  /**
   * After a merge, which brings nothing of this: tells the address first, because without it nobody
   * answers this node. Then Vert.x looks through all that is registered, while partitions move. It
   * does so on a worker thread, because the data grid calls its listeners one after the other, and
   * those that wait to hear that this node is back must not wait for that.
   */
  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleState.MERGED && isActive()) {
      tellAddress()
          .onFailure(failure -> LOG.warn("Other nodes may not reach this one yet", failure));
      tell("state", done -> merged(event).onComplete(done), () -> true)
          .onFailure(failure -> LOG.warn("The bus may not know all nodes of the cluster", failure));
    }
  }

  private Future<Void> merged(LifecycleEvent event) {
    return onWorker(
        () -> {
          super.stateChanged(event);
          return null;
        });
  }

  /** Vert.x would take away what a node has told since it is back. */
  @Override
  public void memberRemoved(MembershipEvent event) {
    if (!getNodes().contains(event.getMember().getAttribute(MemberTraits.VERTX_NODE_ID))) {
      super.memberRemoved(event);
    }
  }

  /**
   * Looks whether the cluster knows the address and the consumers of this node, and tells again
   * what it does not know. Not to be called again before it is done.
   *
   * @return whether nothing was missing; fails when the data grid does not answer
   */
  Future<Boolean> keep() {
    return onWorker(this::missing)
        .compose(
            missing ->
                Future.join(missing.stream().map(Supplier::get).toList()).map(missing.isEmpty()));
  }

  /** How what is missing is told. Blocks. */
  private List<Supplier<Future<Void>>> missing() {
    var missing = new ArrayList<Supplier<Future<Void>>>();
    if (!hazelcast.getMap(ADDRESSES).containsKey(getNodeId())) {
      missing.add(this::tellAddress);
    }
    MultiMap<String, HazelcastRegistrationInfo> consumers = hazelcast.getMultiMap(CONSUMERS);
    for (var each : registered) {
      // To ask whether it contains an entry would ask all partitions.
      var row = new HazelcastRegistrationInfo(each.consumer());
      if (!each.consumer().localOnly() && !consumers.get(each.address()).contains(row)) {
        missing.add(() -> tell(each));
      }
    }
    return missing;
  }

  private <T> Future<T> onWorker(Callable<T> blocking) {
    return Objects.requireNonNull(vertx).executeBlocking(blocking, false);
  }

  private Future<Void> tellAddress() {
    return Future.future(told -> setNodeInfo(getNodeInfo(), told));
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> told) {
    tell("address", done -> super.setNodeInfo(info, done), () -> true).onComplete(told);
  }

  @Override
  public void addRegistration(String address, RegistrationInfo consumer, Completable<Void> told) {
    var added = new Registered(address, consumer);
    registered.add(added);
    tell(added).onComplete(told);
  }

  private Future<Void> tell(Registered added) {
    return tell(
            added.address(),
            done -> super.addRegistration(added.address(), added.consumer(), done),
            () -> registered.contains(added))
        .compose(told -> registered.contains(added) ? Future.succeededFuture() : remove(added));
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo consumer, Completable<Void> told) {
    var removed = new Registered(address, consumer);
    registered.remove(removed);
    remove(removed).onComplete(told);
  }

  private Future<Void> remove(Registered removed) {
    return Future.future(
        gone -> super.removeRegistration(removed.address(), removed.consumer(), gone));
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
