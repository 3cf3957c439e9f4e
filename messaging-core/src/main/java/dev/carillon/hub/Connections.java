package dev.carillon.hub;

import dev.carillon.protocol.Disconnect;
import dev.carillon.sessions.SessionRecord;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of this process, of all verticles. The one structure that several event loops
 * share: each adds and removes its own, the heartbeat reads them all once a second.
 */
public final class Connections {

  /** One live connection, as the verticle that holds its socket shows it. */
  public interface Connection {

    /** The row of the table of sessions as it is now. Called from any thread: reads only. */
    SessionRecord record();

    /** Closes the socket. May be called from any thread; the owner hops to its event loop. */
    void end(EndReason reason);
  }

  /** Why a connection is closed from outside its verticle. */
  public enum EndReason {
    /** An operator asked for it. */
    OPERATOR(Disconnect.FORCE_DISCONNECT),
    /** The cluster took it for dead. */
    EXPIRED(Disconnect.NO_PONG),
    /**
     * This node lost the cluster, and its clients are better served elsewhere. Connections that
     * need nothing of the cluster stay.
     */
    FENCED(Disconnect.FORCE_RECONNECT),
    /** The node stops. */
    SHUTDOWN(Disconnect.SHUTDOWN);

    private final Disconnect disconnect;

    EndReason(Disconnect disconnect) {
      this.disconnect = disconnect;
    }

    /** What a client of the Centrifuge protocol is told. */
    Disconnect disconnect() {
      return disconnect;
    }
  }

  private final Map<String, Connection> byId = new ConcurrentHashMap<>();
  private final Set<Future<?>> departures = ConcurrentHashMap.newKeySet();

  /** Adds a connection that was just opened. */
  public void opened(String id, Connection connection) {
    byId.put(id, connection);
  }

  /** Removes a connection whose socket is closed. */
  public void closed(String id) {
    byId.remove(id);
  }

  /** Others are being told that somebody is gone, until the Future completes, in whatever way. */
  public void departing(Future<?> departure) {
    departures.add(departure);
    departure.onComplete(over -> departures.remove(departure));
  }

  /** Succeeds when the others were told of everybody who is going now; never fails. */
  public Future<Void> departed() {
    return Future.join(List.copyOf(departures)).<Void>mapEmpty().otherwiseEmpty();
  }

  /** Ends the connection when it is here; says whether it was. */
  public boolean end(String id, EndReason reason) {
    Connection connection = byId.get(id);
    if (connection == null) {
      return false;
    }
    connection.end(reason);
    return true;
  }

  public int count() {
    return byId.size();
  }

  /** A view of the ids, which shows who comes and goes; weakly consistent. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  /** The rows as they are now, weakly consistent. */
  public List<SessionRecord> records() {
    return byId.values().stream().map(Connection::record).toList();
  }
}
