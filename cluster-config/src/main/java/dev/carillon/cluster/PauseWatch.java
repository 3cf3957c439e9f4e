package dev.carillon.cluster;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this process stood still: frozen by the system, in a long collection of garbage, or
 * one of its event loops held up. A thread of its own, which nothing of the node can hold up, looks
 * at the time; the fence is closed also in the moment between the end of a pause and its next look.
 *
 * <p>It goes by {@code nanoTime}, which a change of the wall clock does not move.
 */
final class PauseWatch {

  private static final Logger LOG = LoggerFactory.getLogger(PauseWatch.class);

  private static final long LOOK_MILLIS = 100;

  private final Fence fence;
  private final AtomicLongArray beats;
  private volatile boolean stopped;

  private PauseWatch(Fence fence, int loops) {
    this.fence = fence;
    this.beats = new AtomicLongArray(loops);
  }

  /** Begins to watch; each context stands for its event loop. */
  static PauseWatch start(Fence fence, List<Context> loops) {
    var watch = new PauseWatch(fence, loops.size());
    for (int i = 0; i < loops.size(); i++) {
      watch.beat(i);
      watch.follow(loops.get(i), i);
    }
    fence.looked(System.nanoTime(), 0);
    var thread = new Thread(watch::run, "carillon-pause-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  void stop() {
    stopped = true;
    fence.unwatched();
  }

  private void follow(Context loop, int index) {
    loop.runOnContext(hop -> loop.owner().setPeriodic(0, LOOK_MILLIS, timer -> beat(index)));
  }

  private void beat(int index) {
    beats.set(index, System.nanoTime());
  }

  private void run() {
    try {
      while (!stopped) {
        Thread.sleep(LOOK_MILLIS);
        look();
      }
    } catch (InterruptedException end) {
      LOG.debug("Nobody looks for pauses any more", end);
    }
  }

  private void look() {
    long now = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < beats.length(); i++) {
      longest = Math.max(longest, now - beats.get(i));
    }
    long still = fence.looked(now, longest);
    if (still > 0) {
      LOG.warn(
          "This node stood still for {} ms and asks the others about itself", still / 1_000_000);
    }
  }
}
