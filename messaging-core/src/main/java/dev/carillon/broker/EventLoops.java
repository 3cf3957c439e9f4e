package dev.carillon.broker;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Contexts on different event loops, on which channel state is spread by hash. */
public final class EventLoops {

  private EventLoops() {}

  /**
   * Makes as many contexts, each on the next event loop of Vert.x. They live as long as Vert.x
   * does.
   */
  public static Future<List<Context>> start(Vertx vertx, int count) {
    Queue<Context> contexts = new ConcurrentLinkedQueue<>();
    DeploymentOptions options = new DeploymentOptions().setInstances(count);
    return vertx
        .deployVerticle(() -> new Loop(contexts), options)
        .map(deployed -> List.copyOf(contexts));
  }

  /** Offers its context and does nothing else. */
  private static final class Loop extends VerticleBase {
    private final Queue<Context> contexts;

    Loop(Queue<Context> contexts) {
      this.contexts = contexts;
    }

    @Override
    public Future<?> start() {
      contexts.add(context);
      return Future.succeededFuture();
    }
  }
}
