package dev.carillon.cluster.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in time that a node needs a new certificate. Connections of the bus that are there go on
 * when it ends, new ones can't be made: the node would fall out of the cluster at some later moment
 * and nobody would know why. The bus reads its certificate once, so a new one needs a restart.
 */
public final class CertificateWatch {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private static final Duration LAST_DAYS = Duration.ofDays(30);
  private static final long LOOK_MILLIS = Duration.ofHours(1).toMillis();
  private static final long LOOKS_BETWEEN_WARNINGS = 24;

  private final Vertx vertx;
  private final NodeCertificate used;
  private final ClusterTls files;

  // Owned by the event loop of the timer.
  private long looks;
  private boolean told;

  public CertificateWatch(Vertx vertx, NodeCertificate used, ClusterTls files) {
    this.vertx = vertx;
    this.used = used;
    this.files = files;
  }

  /** Looks now and once an hour. */
  public void begin(MeterRegistry meters) {
    Gauge.builder("carillon.cluster.certificate.end", used, x -> x.end().getEpochSecond())
        .description("When the certificate of the event bus ends, in seconds since 1970")
        .baseUnit("seconds")
        .register(meters);
    vertx.setPeriodic(0, LOOK_MILLIS, timer -> look());
  }

  private void look() {
    var left = Duration.between(Instant.now(), used.end());
    if (looks++ % LOOKS_BETWEEN_WARNINGS == 0 && left.compareTo(LAST_DAYS) < 0) {
      LOG.warn(
          "{} ends at {}: make another with ./carillon certs and restart this node",
          files.certFile(),
          used.end());
    }
    vertx
        .executeBlocking(() -> CertificateFiles.read(files, "", Instant.now()), false)
        .onSuccess(this::compare);
  }

  private void compare(NodeCertificate now) {
    if (!told && !now.chain().equals(used.chain())) {
      told = true;
      LOG.warn("{} changed: it needs a restart", files.certFile());
    }
  }
}
