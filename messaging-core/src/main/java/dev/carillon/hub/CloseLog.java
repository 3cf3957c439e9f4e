package dev.carillon.hub;

import dev.carillon.protocol.Disconnect;
import dev.carillon.sessions.SessionRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each client that the server closes, so that an operator finds out why; but no more
 * lines in a second than anybody reads, however many clients misbehave. Owned by one event loop.
 */
final class CloseLog {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  /** Lines between two ticks, which come once a second. */
  private static final int LINES = 10;

  private int closed;

  /**
   * @param why more than the reason of the code, without any payload; empty when that says it all
   */
  void closed(SessionRecord client, Disconnect disconnect, String why) {
    if (!isNews(disconnect) || ++closed > LINES) {
      return;
    }
    LOG.info(
        "client {} of user {} at {}: closed with {} {}{}",
        client.id(),
        client.user(),
        client.address(),
        disconnect.code(),
        disconnect.reason(),
        why.isEmpty() ? "" : ", " + why);
  }

  void tick() {
    if (closed > LINES) {
      LOG.info("{} more clients were closed within a second", closed - LINES);
    }
    closed = 0;
  }

  /** Clients that fall silent are everyday life, and a shutdown has its own line. */
  private static boolean isNews(Disconnect disconnect) {
    return !disconnect.equals(Disconnect.NO_PONG) && !disconnect.equals(Disconnect.SHUTDOWN);
  }
}
