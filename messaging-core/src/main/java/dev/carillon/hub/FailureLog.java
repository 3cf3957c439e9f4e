package dev.carillon.hub;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operations for clients that failed: when the cluster is in trouble, all of them do, and one line
 * in a while says as much as thousands. Owned by one event loop.
 */
final class FailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

  /** Milliseconds between two lines. */
  private static final long INTERVAL = 10_000;

  private int failures;
  private String operation = "";
  private @Nullable Throwable cause;
  private long written = Long.MIN_VALUE / 2;

  void failed(String operation, Throwable cause) {
    failures++;
    this.operation = operation;
    this.cause = cause;
  }

  /** Writes a line if one is due. */
  void tick(long now) {
    if (failures > 0 && now - written >= INTERVAL) {
      LOG.warn(
          "operations for clients failed: {} in the last {} s; the last one, {}: {}",
          failures,
          INTERVAL / 1000,
          operation,
          words(cause));
      LOG.debug("the last one", cause);
      failures = 0;
      cause = null;
      written = now;
    }
  }

  /** Who reads this looks for what happened, and not for a class, unless nothing else is known. */
  private static String words(@Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    return message == null ? String.valueOf(cause) : message;
  }
}
