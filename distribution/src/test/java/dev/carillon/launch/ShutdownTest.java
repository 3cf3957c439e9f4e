package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.launch.settings.ShutdownOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  private Shutdown shutdown(Duration timeout) {
    return new Shutdown(new ShutdownOptions(Duration.ZERO, timeout), exits::add);
  }

  private int exitCode() throws InterruptedException {
    var code = exits.poll(60, TimeUnit.SECONDS);
    assertTrue(code != null, "no exit");
    return code == null ? -1 : code;
  }

  private Future<Void> take(String step) {
    taken.add(step);
    return Future.succeededFuture();
  }

  @Test
  void stepsAreTakenInTheirOrderAndTheEndIsASuccess() throws InterruptedException {
    var shutdown = shutdown(Duration.ofSeconds(10));
    shutdown.first(() -> taken.add("drain"));
    shutdown.then("first", () -> take("first"));
    shutdown.then("second", () -> take("second"));
    shutdown.begin("TERM");
    assertEquals(0, exitCode());
    assertEquals(List.of("drain", "first", "second"), taken);
  }

  @Test
  void aFailedStepDoesNotKeepTheNextFromBeingTaken() throws InterruptedException {
    var shutdown = shutdown(Duration.ofSeconds(10));
    shutdown.then("first", () -> Future.failedFuture("broken"));
    shutdown.then("second", () -> take("second"));
    shutdown.begin("TERM");
    assertEquals(0, exitCode());
    assertEquals(List.of("second"), taken);
  }

  @Test
  void theTimeoutBoundsAllSteps() throws InterruptedException {
    var shutdown = shutdown(Duration.ofMillis(50));
    shutdown.then("stuck", () -> Promise.<Void>promise().future());
    shutdown.then("never", () -> take("never"));
    shutdown.begin("TERM");
    assertEquals(1, exitCode());
    assertEquals(List.of(), taken);
  }

  @Test
  void theStepsKeepTheProcessAliveAlthoughASignalIsToldOnADaemonThread() throws Exception {
    var daemon = new LinkedBlockingQueue<Boolean>();
    var shutdown = shutdown(Duration.ofSeconds(10));
    shutdown.then("look", () -> takeOn(Thread.currentThread(), daemon));
    var signal = new Thread(() -> shutdown.begin("TERM"));
    signal.setDaemon(true);
    signal.start();
    assertEquals(0, exitCode());
    assertEquals(List.of(false), List.copyOf(daemon));
  }

  private static Future<Void> takeOn(Thread thread, BlockingQueue<Boolean> daemon) {
    daemon.add(thread.isDaemon());
    return Future.succeededFuture();
  }

  @Test
  void theSecondSignalEndsAtOnce() throws InterruptedException {
    var shutdown = shutdown(Duration.ofMinutes(5));
    shutdown.then("stuck", () -> Promise.<Void>promise().future());
    shutdown.begin("INT");
    shutdown.begin("INT");
    assertEquals(130, exitCode());
  }
}
