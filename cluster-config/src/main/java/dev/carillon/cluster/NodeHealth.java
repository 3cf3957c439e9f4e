package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Knows whether this node may get new clients, and notices when it can't stay a member. Asked from
 * any thread, so what it knows is kept in volatile fields, each written by one thread.
 */
final class NodeHealth implements LifecycleListener {

  private static final long SAFETY_CHECK_MILLIS = 200;
  private static final long BUS_CHECK_MILLIS = 2_000;

  private final HazelcastInstance hazelcast;
  private final ClusterOptions options;
  private final Promise<StartException> expelled = Promise.promise();
  private volatile boolean draining;
  private volatile boolean wasSafe;
  private volatile boolean busWell;

  NodeHealth(HazelcastInstance hazelcast, ClusterOptions options) {
    this.hazelcast = hazelcast;
    this.options = options;
  }

  /**
   * Begins to look.
   *
   * @param busTest a message to this node itself over the bus; fails when it does not come back
   * @return succeeds when both were good once; the bus is looked at for ever
   */
  Future<Void> watch(Vertx vertx, Supplier<Future<Void>> busTest) {
    hazelcast.getLifecycleService().addLifecycleListener(this);
    vertx.setPeriodic(BUS_CHECK_MILLIS, timer -> busTest.get().onComplete(r -> bus(r.succeeded())));
    return Future.join(safe(vertx), busTest.get().onSuccess(ok -> bus(true))).mapEmpty();
  }

  Readiness readiness() {
    boolean running = hazelcast.getLifecycleService().isRunning();
    long core = running ? coreMembers() : 0;
    boolean majority = !options.guarded() || core >= options.majority();
    return new Readiness(
        List.of(
            new Readiness.Check("joined", running, running ? "member" : "the data grid stopped"),
            new Readiness.Check(
                "majority", majority, core + " of " + options.expectedMembers() + " core nodes"),
            new Readiness.Check("safe", wasSafe, wasSafe ? "all copies were made" : "copying"),
            new Readiness.Check("bus", busWell, busWell ? "answers" : "does not answer"),
            new Readiness.Check("serving", !draining, draining ? "draining" : "serving")));
  }

  void drain() {
    draining = true;
  }

  void onExpelled(Consumer<StartException> handler) {
    expelled.future().onSuccess(handler::accept);
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleState.SHUTDOWN && !draining) {
      expelled.tryComplete(
          new StartException(
              StartException.Reason.EXPELLED,
              "cluster",
              "the data grid of this node stopped by itself (expected: it runs as long as the"
                  + " node); its log says why"));
    }
  }

  private long coreMembers() {
    return hazelcast.getCluster().getMembers().stream()
        .filter(member -> !member.isLiteMember())
        .count();
  }

  private void bus(boolean well) {
    busWell = well;
  }

  /** Once is enough: a node that lost a copy later still serves. */
  private Future<Void> safe(Vertx vertx) {
    return vertx
        .executeBlocking(() -> hazelcast.getPartitionService().isClusterSafe(), false)
        .compose(
            safe -> {
              wasSafe = safe;
              return safe
                  ? Future.succeededFuture()
                  : vertx.timer(SAFETY_CHECK_MILLIS).compose(later -> safe(vertx));
            });
  }
}
