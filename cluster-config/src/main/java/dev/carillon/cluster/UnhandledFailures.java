package dev.carillon.cluster;

import io.vertx.core.Handler;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what nobody handled on an event loop, each time with its trace: it is a defect.
 *
 * <p>But not what Vert.x up to 5.0.12 throws by itself, for each message that was not written when
 * a connection of the bus breaks: it has failed the message already when the connection fails it
 * once more (eclipse-vertx/vert.x, pull request 6211). A node that dies would be hundreds of
 * traces.
 */
final class UnhandledFailures implements Handler<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(UnhandledFailures.class);

  /** What fails a message: its place in the channel, or the connection that has ended. */
  private static final Set<String> WRITERS =
      Set.of(
          "io.vertx.core.net.impl.DelegatingChannelPromise",
          "io.vertx.core.eventbus.impl.clustered.OutboundConnection");

  @Override
  public void handle(Throwable failure) {
    if (isWriteThatFailedTwice(failure)) {
      LOG.debug("A message was not written, because its connection broke", failure);
    } else {
      LOG.error("Nobody handles this failure", failure);
    }
  }

  static boolean isWriteThatFailedTwice(Throwable failure) {
    return failure instanceof IllegalStateException
        && "Promise already completed".equals(failure.getMessage())
        && Arrays.stream(failure.getStackTrace())
            .anyMatch(at -> WRITERS.contains(at.getClassName()));
  }
}
