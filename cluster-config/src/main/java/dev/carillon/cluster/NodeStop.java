package dev.carillon.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a stop, in order. A step that fails or takes too long is said in the log, and the
 * next one begins.
 */
final class NodeStop {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStop.class);

  private final Vertx vertx;
  private final RunningMember member;
  private final NodeParts parts;
  private final Deque<String> deployments;

  NodeStop(Vertx vertx, RunningMember member, NodeParts parts, Deque<String> deployments) {
    this.vertx = vertx;
    this.member = member;
    this.parts = parts;
    this.deployments = deployments;
  }

  Future<Void> run(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    return undeploy(deadline)
        .compose(done -> step("closing presence and links", deadline, parts::close))
        .compose(done -> vertx.close().otherwiseEmpty())
        .compose(done -> leave(deadline));
  }

  private Future<Void> undeploy(long deadline) {
    var deployment = deployments.poll();
    return deployment == null
        ? Future.succeededFuture()
        : step("stopping a verticle", deadline, () -> vertx.undeploy(deployment))
            .compose(done -> undeploy(deadline));
  }

  private Future<Void> step(String what, long deadline, Supplier<Future<Void>> action) {
    long left = Math.max(1, deadline - System.nanoTime());
    return Future.succeededFuture()
        .compose(begin -> action.get())
        .timeout(left, TimeUnit.NANOSECONDS)
        .onFailure(failed -> LOG.warn("{} failed: {}", what, failed.getMessage()))
        .otherwiseEmpty();
  }

  /** Blocks, and Vert.x has no thread any more: it gets one of its own. */
  private Future<Void> leave(long deadline) {
    Promise<Void> left = Promise.promise();
    var graceful = new Thread(() -> shutdown(left), "carillon-leave");
    graceful.setDaemon(true);
    graceful.start();
    var limit = new Thread(() -> terminateAt(deadline, graceful, left), "carillon-leave-limit");
    limit.setDaemon(true);
    limit.start();
    return left.future();
  }

  private void shutdown(Promise<Void> left) {
    member.hazelcast().shutdown();
    left.tryComplete();
  }

  private void terminateAt(long deadline, Thread graceful, Promise<Void> left) {
    try {
      graceful.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      if (graceful.isAlive()) {
        LOG.warn("The others did not take over this node's data in time; it leaves without");
        member.hazelcast().getLifecycleService().terminate();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    left.tryComplete();
  }
}
