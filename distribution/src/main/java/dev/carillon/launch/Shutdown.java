package dev.carillon.launch;

import dev.carillon.launch.settings.ShutdownOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The orderly end of the process. The first SIGTERM or Ctrl-C makes the node unready, serves on for
 * {@code shutdown.delay}, and then takes the steps in the order in which they were added, all of
 * them within {@code shutdown.timeout}; a second signal ends at once.
 */
final class Shutdown {
  /** What a shell reports for a program that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private record Step(String name, Supplier<Future<Void>> work) {}

  private final ShutdownOptions options;
  private final IntConsumer exit;
  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final List<Runnable> drains = new CopyOnWriteArrayList<>();
  private final AtomicInteger signals = new AtomicInteger();

  /**
   * @param exit ends the process with a code and does not return
   */
  Shutdown(ShutdownOptions options, IntConsumer exit) {
    this.options = options;
    this.exit = exit;
  }

  /** What happens before the delay: the node says that it wants no new clients. */
  void first(Runnable drain) {
    drains.add(drain);
  }

  /** How long all steps may take together. */
  Duration timeout() {
    return options.timeout();
  }

  /** Adds a step that is taken after those added before. */
  void then(String name, Supplier<Future<Void>> work) {
    steps.add(new Step(name, work));
  }

  /** Acts on SIGTERM and Ctrl-C from now on. */
  void listen() {
    for (var name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), signal -> begin(signal.getName()));
    }
  }

  /** Begins the orderly end; the second call ends the process at once. */
  void begin(String reason) {
    if (signals.incrementAndGet() > 1) {
      exit.accept(INTERRUPTED);
      return;
    }
    var thread = new Thread(() -> exit.accept(run(reason)), "shutdown");
    // A signal is told on a daemon thread. Its child must outlive the threads that it stops, or the
    // process ends by itself before the last steps.
    thread.setDaemon(false);
    thread.start();
  }

  private int run(String reason) {
    LOG.info("shutting down ({})", reason);
    try {
      drains.forEach(Runnable::run);
      Thread.sleep(options.delay().toMillis());
      var deadline = System.nanoTime() + options.timeout().toNanos();
      for (var step : steps) {
        if (!take(step, Duration.ofNanos(deadline - System.nanoTime()))) {
          LOG.error(
              "gave up at step '{}' (expected: all steps within shutdown.timeout = {})",
              step.name,
              options.timeout());
          return 1;
        }
      }
      LOG.info("stopped");
      return 0;
    } catch (InterruptedException interrupted) {
      return INTERRUPTED;
    }
  }

  /** A step that fails does not keep the following from being taken. */
  private static boolean take(Step step, Duration left) throws InterruptedException {
    try {
      step.work
          .get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException failed) {
      LOG.warn("step '{}' failed: {}", step.name, String.valueOf(failed.getCause()));
      return true;
    } catch (TimeoutException late) {
      return false;
    }
  }
}
