package dev.carillon.hub;

import dev.carillon.hub.Connections.EndReason;
import dev.carillon.node.NodeInfo;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.Protocol;
import dev.carillon.protocol.ProtocolException;
import dev.carillon.session.Session;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: a transport on one side, the session on the other. All calls come from the event loop
 * of its hub, on the context of its hub.
 */
public final class ClientConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final Batch NOTHING = Batch.empty();

  private final Hub hub;
  private final Transport transport;
  private final Encoding encoding;
  private final Protocol protocol;
  private final Session session;

  // Owned by the event loop of the hub.
  private long messagesIn;
  private long messagesOut;
  private long bytesIn;
  private long bytesOut;
  private Batch unsent = NOTHING;
  private boolean unsayable;
  private String why = "";

  /** Read by the heartbeat from its own thread; replaced, never changed. */
  private volatile SessionRecord row;

  ClientConnection(Hub hub, Transport transport, Encoding encoding, String user) {
    this.hub = hub;
    this.transport = transport;
    this.encoding = encoding;
    this.protocol = Protocol.of(encoding);
    String id = UUID.randomUUID().toString();
    this.session =
        new Session(
            id,
            hub.settings(),
            new ClientEffects(this, hub),
            Hub.now(),
            ThreadLocalRandom.current().nextDouble());
    session.introduce(user);
    session.keepalive().setApart(transport.hasPings());
    this.row = firstRow(id);
    hub.ports().connections().opened(id, new Row());
  }

  private SessionRecord firstRow(String id) {
    NodeInfo self = hub.ports().membership().self();
    return new SessionRecord(
        id,
        self.incarnation(),
        self.name(),
        "",
        "",
        transport.remoteAddress(),
        transport.name(),
        System.currentTimeMillis(),
        SessionStats.NONE);
  }

  /** The client id, unique in the cluster. */
  String id() {
    return row.id();
  }

  /** How the frames of this client are encoded. */
  public Encoding encoding() {
    return encoding;
  }

  /**
   * Takes one whole message of the client, with one or more commands. A message that is no frame of
   * the protocol closes the connection (3501); nothing is thrown. After a close it is ignored.
   *
   * @param frame the payload without any framing; given away
   */
  public void received(byte[] frame) {
    if (session.isClosed()) {
      return;
    }
    messagesIn++;
    bytesIn += frame.length;
    hub.traffic().messagesIn++;
    hub.traffic().bytesIn += frame.length;
    try {
      session.received(protocol.decode(frame), Hub.now());
    } catch (ProtocolException malformed) {
      end(malformed);
    } catch (RuntimeException mistake) {
      broken(mistake);
    }
    if (!row.client().equals(session.software()) || !row.user().equals(session.info().user())) {
      show(stats());
    }
  }

  /** The transport got a pong of its own kind, asked for or not. */
  public void ponged() {
    session.keepalive().pongApart(Hub.now());
  }

  /** The client has taken nothing for so long that its connection is closed (3009). */
  public void stuck() {
    explain("took nothing for too long");
    session.close(Disconnect.WRITE_ERROR);
  }

  /**
   * The socket is closed, by whichever side; nothing can be sent any more. Called once by the
   * transport; cleans up what {@link Transport#close} has not cleaned up already.
   */
  public void closed() {
    if (!session.isClosed()) {
      session.closed();
      forget();
    }
  }

  /**
   * A mistake of ours: it ends this client, who comes back, and not the delivery to all the others.
   */
  void broken(RuntimeException mistake) {
    LOG.error("client {} at {}: broken", row.id(), row.address(), mistake);
    session.close(Disconnect.INTERNAL_SERVER_ERROR);
  }

  /**
   * Something can't be said to this client, who is closed. Not at once, because the session is in
   * the middle of saying it; nothing after it may reach the client, so that nothing is out of
   * order.
   */
  void unsayable(ProtocolException reason) {
    if (!unsayable) {
      unsayable = true;
      hub.context().runOnContext(go -> end(reason));
    }
  }

  private void end(ProtocolException reason) {
    explain(String.valueOf(reason.getMessage()));
    session.close(reason.disconnect());
  }

  /** What the log says of a close that may follow; without any payload or token. */
  void explain(String why) {
    this.why = why;
  }

  void tick(long now) {
    try {
      session.tick(now);
    } catch (RuntimeException mistake) {
      broken(mistake);
    }
    SessionStats stats = stats();
    if (!stats.equals(row.stats())) {
      show(stats);
    }
  }

  long queuedBytes() {
    return transport.queuedBytes();
  }

  Protocol protocol() {
    return protocol;
  }

  /** Sends what others are sent too. */
  void send(Frame shared) {
    if (counted(shared)) {
      unsent = unsent.with(shared);
    }
  }

  /** Sends what is for this client alone. */
  void sendOwn(Frame own) {
    if (counted(own)) {
      unsent = unsent.withOwn(own);
    }
  }

  void ping() {
    if (!transport.ping()) {
      sendOwn(new Frame(protocol.ping()));
    }
  }

  private boolean counted(Frame frame) {
    if (unsayable) {
      return false;
    }
    int length = frame.payload().length();
    messagesOut++;
    bytesOut += length;
    hub.traffic().messagesOut++;
    hub.traffic().bytesOut += length;
    if (unsent.isEmpty()) {
      unsent = hub.batch();
      hub.flushLater(this);
    }
    return true;
  }

  private void handOver() {
    Batch batch = unsent;
    unsent = NOTHING;
    if (!batch.isEmpty()) {
      List<Frame> frames = hub.frames(batch, protocol);
      for (int i = 0; i < frames.size(); i++) {
        transport.send(frames.get(i));
      }
    }
  }

  void flush() {
    if (session.isClosed()) {
      return;
    }
    try {
      handOver();
      transport.flush();
    } catch (RuntimeException mistake) {
      broken(mistake);
    }
    if (transport.queuedBytes() > hub.settings().client().queueMaxSize()) {
      session.close(Disconnect.SLOW);
    }
  }

  void reading(boolean wanted) {
    transport.reading(wanted);
  }

  /** The session has closed itself. */
  void close(Disconnect disconnect) {
    hub.meters().disconnect(disconnect);
    hub.closings().closed(row, disconnect, why);
    forget();
    handOver();
    transport.close(disconnect);
  }

  /** Does this with the session, on its event loop. May be called from any thread. */
  void session(Consumer<Session> action) {
    hub.run(() -> action.accept(session));
  }

  private void forget() {
    hub.ports().connections().closed(row.id());
    hub.users().remove(session.info().user(), this);
    hub.remove(this, session.info().user(), transport.name());
  }

  private SessionStats stats() {
    return new SessionStats(
        session.keepalive().roundTrip(),
        session.channels(),
        bytesIn,
        bytesOut,
        messagesIn,
        messagesOut);
  }

  private void show(SessionStats stats) {
    row = row.withClient(session.software(), session.info().user()).withStats(stats);
  }

  /** This connection as others see it, from any thread. */
  private final class Row implements Connections.Connection {

    @Override
    public SessionRecord record() {
      return row;
    }

    @Override
    public void end(EndReason reason) {
      session(session -> session.close(reason.disconnect()));
    }
  }
}
