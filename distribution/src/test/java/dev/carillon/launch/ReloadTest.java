package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.LogOptions;
import dev.carillon.launch.settings.Sources;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ReloadTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Reload.class);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> reloads = new LinkedBlockingQueue<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path directory;

  private Path file;
  private Path certificate;

  @BeforeEach
  void start() throws Exception {
    log.start();
    LOG.addAppender(log);
    file = Files.writeString(directory.resolve("c.yaml"), "log.level: info\n");
    certificate = Files.writeString(directory.resolve("certificate.pem"), "one");
    var sources = new Sources(null, file, Map.of(), Map.of());
    var reload =
        new Reload(
            sources,
            Configuration.load(sources),
            List.of(certificate),
            () -> {
              reloads.add("certificate");
              return Future.succeededFuture();
            });
    vertx
        .deployVerticle(reload)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    LOG.detachAppender(log);
    LogSetup.level(LogOptions.Level.INFO);
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private boolean logged(String text) {
    return List.copyOf(log.list).stream()
        .anyMatch(event -> event.getFormattedMessage().contains(text));
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what + " did not happen: " + log.list);
      Thread.onSpinWait();
    }
  }

  @Test
  void theLogLevelAppliesAndOtherKeysAreNamed() throws Exception {
    Files.writeString(file, "log.level: warn\nshutdown.timeout: 7s\n");
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    await("the level", () -> root.getLevel() == Level.WARN);
    await("the warning", () -> logged("shutdown.timeout changed"));
    assertTrue(logged("restart"));
  }

  @Test
  void aConfigurationThatCantBeUsedChangesNothing() throws Exception {
    Files.writeString(file, "log.levle: warn\n");
    await("the warning", () -> logged("configuration unchanged: "));
    assertTrue(logged("log.levle = warn (expected: a known key; nearest: log.level)"));
  }

  @Test
  void aCertificateThatChangedIsReadAgain() throws Exception {
    Files.writeString(certificate, "two, and longer");
    assertEquals("certificate", reloads.poll(60, TimeUnit.SECONDS));
  }
}
