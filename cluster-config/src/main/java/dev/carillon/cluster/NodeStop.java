package dev.carillon.cluster;

import io.vertx.core.Future;
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
    // A Promise, because a Future that comes from an event loop is told on that event loop, and
    // might never be told that Vert.x is closed.
    return Future.future(
        stopped ->
            undeploy(deadline)
                .compose(done -> step("closing presence and links", deadline, parts::close))
                .onComplete(done -> leave(deadline).onComplete(stopped)));
  }

  private Future<Void> leave(long deadline) {
    return step("closing Vert.x", deadline, vertx::close)
        .compose(done -> MemberLeave.run(member.hazelcast(), left(deadline)));
  }

  private Future<Void> undeploy(long deadline) {
    var deployment = deployments.poll();
    return deployment == null
        ? Future.succeededFuture()
        : step("stopping verticle " + deployment, deadline, () -> vertx.undeploy(deployment))
            .compose(done -> undeploy(deadline));
  }

  private Future<Void> step(String what, long deadline, Supplier<Future<Void>> action) {
    LOG.debug("{}", what);
    return Future.succeededFuture()
        .compose(begin -> action.get())
        .timeout(left(deadline).toNanos(), TimeUnit.NANOSECONDS)
        .onFailure(failed -> LOG.warn("{} failed: {}", what, failed.getMessage()))
        .otherwiseEmpty();
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }
}
