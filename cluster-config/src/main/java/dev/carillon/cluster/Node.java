package dev.carillon.cluster;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.Ports;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One running member of the cluster with its verticles.
 *
 * <p>The launcher's order: {@link #start}, {@link #deploy} for each verticle, then {@code
 * ports().membership().announce(urls)}; at the end {@link #drain}, a pause in which it still
 * serves, {@link #close}. All methods may be called from any thread, but one after the other; the
 * Futures complete on any thread.
 */
public final class Node {

  private final RunningMember member;
  private final Vertx vertx;
  private final NodeHealth health;
  private final NodeParts parts;
  private final Deque<String> deployments = new ConcurrentLinkedDeque<>();
  private final AtomicReference<@Nullable Promise<Void>> closing = new AtomicReference<>();

  Node(RunningMember member, Vertx vertx, NodeHealth health, NodeParts parts) {
    this.member = member;
    this.vertx = vertx;
    this.health = health;
    this.parts = parts;
  }

  /**
   * Joins or forms the cluster, agrees with the others, and makes the ports ready. Takes 2 to 3 s
   * on an idle machine.
   *
   * @return fails with {@link StartException} when the operator has to change something; nothing of
   *     the attempt is left then
   */
  public static Future<Node> start(NodeSettings settings) {
    return NodeStart.run(settings);
  }

  /** The event loops and the clustered bus of this node. */
  public Vertx vertx() {
    return vertx;
  }

  /** What the verticles of this node get. */
  public Ports ports() {
    return parts.ports();
  }

  public Membership membership() {
    return parts.membership();
  }

  public NodeInfo self() {
    return membership().self();
  }

  /** The port of the data grid, which {@code --join} of another node names. */
  public int clusterPort() {
    return member.clusterPort();
  }

  /** The port of the event bus. */
  public int busPort() {
    return member.busPort();
  }

  /** The member behind this node, for what is in this package. */
  RunningMember member() {
    return member;
  }

  /**
   * Deploys a verticle.
   *
   * @param verticle called once for each instance
   */
  public Future<Void> deploy(Supplier<? extends Deployable> verticle, DeploymentOptions options) {
    return vertx.deployVerticle(verticle, options).onSuccess(deployments::push).mapEmpty();
  }

  /** Whether the node may get new clients now. Cheap: nothing is asked. */
  public Readiness readiness() {
    return health.readiness();
  }

  /**
   * What to do when the node can't stay a member: the data grid stopped by itself, or after a
   * network partition the rest disagrees. Called at most once; the process should end with exit
   * code 1.
   */
  public void onExpelled(Consumer<StartException> handler) {
    health.onExpelled(handler);
  }

  /** Turns readiness off for good; everything goes on being served. */
  public void drain() {
    health.drain();
  }

  /**
   * Stops in order: the verticles, the last deployed first; presence of this node; the links, once
   * they are empty; Vert.x; and the data grid, which hands its share to the others.
   *
   * @param timeout for all of it; what is not done by then is cut off
   * @return always succeeds; called twice, the same Future
   */
  public Future<Void> close(Duration timeout) {
    drain();
    Promise<Void> closed = Promise.promise();
    var before = closing.compareAndExchange(null, closed);
    if (before != null) {
      return before.future();
    }
    new NodeStop(vertx, member, parts, deployments).run(timeout).onComplete(closed);
    return closed.future();
  }
}
