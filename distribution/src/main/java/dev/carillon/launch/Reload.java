package dev.carillon.launch;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.LogOptions;
import dev.carillon.launch.settings.Sources;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Reads again on SIGHUP, and when a file has changed and then stayed the same for a look: the log
 * level from the configuration, and the TLS certificate. Other keys that changed are named in the
 * log.
 */
final class Reload extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final String LOG_LEVEL = "log.level";

  private final Sources sources;
  private final List<Path> certificateFiles;
  private final Supplier<Future<Void>> certificate;

  // Owned by the event loop of this verticle.
  private Configuration current;
  private List<String> configurationSeen = List.of();
  private List<String> configurationUsed = List.of();
  private List<String> certificateSeen = List.of();
  private List<String> certificateUsed = List.of();

  /**
   * @param current what the sources said at the start
   * @param certificateFiles certificate and key, configured or made
   * @param certificate reads certificate and key again
   */
  Reload(
      Sources sources,
      Configuration current,
      List<Path> certificateFiles,
      Supplier<Future<Void>> certificate) {
    this.sources = sources;
    this.current = current;
    this.certificateFiles = List.copyOf(certificateFiles);
    this.certificate = certificate;
  }

  /** How the watched files look. */
  private record Looks(List<String> configuration, List<String> certificate) {}

  @Override
  public Future<?> start() {
    return look()
        .onSuccess(
            first -> {
              configurationUsed = first.configuration;
              certificateUsed = first.certificate;
              vertx.setPeriodic(LOOK_MILLIS, timer -> look().onSuccess(this::compare));
              Signal.handle(
                  new Signal("HUP"), signal -> context.runOnContext(asked -> readEverything()));
            });
  }

  private void readEverything() {
    LOG.info("reading configuration and certificate again (HUP)");
    readConfiguration();
    readCertificate();
  }

  private void compare(Looks now) {
    if (isSettled(now.configuration, configurationSeen, configurationUsed)) {
      configurationUsed = now.configuration;
      readConfiguration();
    }
    if (isSettled(now.certificate, certificateSeen, certificateUsed)) {
      certificateUsed = now.certificate;
      readCertificate();
    }
    configurationSeen = now.configuration;
    certificateSeen = now.certificate;
  }

  /** Somebody who writes two files should not be interrupted after the first. */
  private static boolean isSettled(List<String> now, List<String> seen, List<String> used) {
    return now.equals(seen) && !now.equals(used);
  }

  private void readConfiguration() {
    vertx
        .executeBlocking(() -> Configuration.load(sources))
        .onSuccess(this::apply)
        .onFailure(failed -> LOG.warn("configuration unchanged: {}", failed.getMessage()));
  }

  private void apply(Configuration next) {
    for (var key : current.differences(next)) {
      if (key.equals(LOG_LEVEL)) {
        LogSetup.level(next.options(LogOptions.class).level());
        LOG.info("{} = {}", LOG_LEVEL, next.text(LOG_LEVEL));
      } else {
        LOG.warn("{} changed ({}): it needs a restart", key, next.source(key));
      }
    }
    current = next;
  }

  private void readCertificate() {
    certificate
        .get()
        .onFailure(failed -> LOG.warn("certificate unchanged: {}", failed.getMessage()));
  }

  private Future<Looks> look() {
    return vertx.executeBlocking(
        () -> new Looks(looks(sources.usedFiles()), looks(certificateFiles)));
  }

  private static List<String> looks(List<Path> files) {
    var looks = new ArrayList<String>();
    for (var file : files) {
      try {
        looks.add(file.toRealPath() + " " + Files.getLastModifiedTime(file) + Files.size(file));
      } catch (IOException absent) {
        looks.add("absent");
      }
    }
    return looks;
  }
}
