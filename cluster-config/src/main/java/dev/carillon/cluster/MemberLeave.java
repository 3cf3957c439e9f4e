package dev.carillon.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a member: it hands its share of the data to the others, for a limited time. Hazelcast
 * blocks meanwhile, and Vert.x has no threads any more, so it gets threads of its own.
 */
final class MemberLeave {

  private static final Logger LOG = LoggerFactory.getLogger(MemberLeave.class);

  private MemberLeave() {}

  /** Succeeds when the member is gone, one way or the other. */
  static Future<Void> run(HazelcastInstance hazelcast, Duration limit) {
    Promise<Void> left = Promise.promise();
    var graceful = thread("carillon-leave", hazelcast::shutdown);
    thread("carillon-leave-limit", () -> await(graceful, hazelcast, limit, left));
    return left.future();
  }

  private static void await(
      Thread graceful, HazelcastInstance hazelcast, Duration limit, Promise<Void> left) {
    try {
      graceful.join(Math.max(1, limit.toMillis()));
      if (graceful.isAlive()) {
        LOG.warn("The others did not take over the data of this node in time; it leaves without");
        hazelcast.getLifecycleService().terminate();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    left.complete();
  }

  private static Thread thread(String name, Runnable action) {
    var thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
