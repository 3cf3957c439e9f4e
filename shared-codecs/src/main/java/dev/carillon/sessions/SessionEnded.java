package dev.carillon.sessions;

import dev.carillon.wire.Incarnation;
import java.util.List;

/**
 * Tells every process that sessions of one owner ended. Each session ends once. Sent by the active
 * session-heartbeat after the rows are gone from the table.
 *
 * @param owner the process that held them
 * @param reason the same for all of them
 * @param ids of the sessions, not empty
 */
public record SessionEnded(Incarnation owner, Reason reason, List<String> ids) {

  /** Why a session ended. The order is that of the wire: new ones go to the end. */
  public enum Reason {
    /** Its owner closed it, or the client did. */
    CLOSED,
    /** The process that held it left the cluster or died. */
    OWNER_LEFT,
    /** Its owner sent no beat for too long. An owner that hears this closes the socket. */
    EXPIRED
  }

  public SessionEnded {
    ids = List.copyOf(ids);
  }
}
