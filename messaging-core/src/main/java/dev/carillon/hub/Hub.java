package dev.carillon.hub;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.FeedListener;
import dev.carillon.port.Ports;
import dev.carillon.port.SteadyTime;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.Protocol;
import dev.carillon.session.SessionSettings;
import dev.carillon.session.Subscriber;
import dev.carillon.token.TokenVerifier;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One event loop's clients and channels. Everything here is called on that event loop and on the
 * context of this hub, or of a verticle on the same event loop.
 *
 * <p>What is sent within one turn of the event loop is flushed once for each socket at its end.
 */
public final class Hub {

  /** Milliseconds between two looks at all clients; the protocol counts in seconds. */
  private static final long SWEEP_INTERVAL = 1_000;

  private final Context context;
  private final Thread thread = Thread.currentThread();
  private final HubShare share;
  private final Ports ports;
  private final HubMeters meters;

  /** Milliseconds that a publication may be under way; 0: as long as it takes. */
  private final long maxLag;

  private final FeedListener listener = new Listener();

  // All below is owned by the event loop.
  private final Map<String, ChannelSubscribers> channels = new HashMap<>();
  private final Set<ClientConnection> connections = new HashSet<>();
  private final ClientsByUser byUser = new ClientsByUser();
  private final HubControl control = new HubControl(byUser, channels);
  private final SharedFrames frames = new SharedFrames();
  private final Traffic traffic = new Traffic();
  private final FailureLog failures = new FailureLog();
  private final CloseLog closings = new CloseLog();
  private final List<Frame> made = new ArrayList<>();
  private Batch batch = Batch.empty();
  private List<ClientConnection> unflushed = new ArrayList<>();
  private List<ClientConnection> spare = new ArrayList<>();
  private boolean flushing;
  private long swept = now();

  Hub(Context context, HubShare share) {
    this.context = context;
    this.share = share;
    this.ports = share.ports();
    this.meters = share.meters();
    this.maxLag = share.settings().client().channelPositionMaxTimeLag().toMillis();
  }

  /**
   * Lets the verticle of the caller look at all clients again and again. Each verticle with a
   * gateway does: a timer ends with its verticle, and the clients of the others must not feel that.
   */
  void attend() {
    context.owner().setPeriodic(SWEEP_INTERVAL, timer -> sweepOnce());
  }

  /** The context that everything of this hub runs on. */
  public Context context() {
    return context;
  }

  /**
   * A new client on a socket that was just opened. The transport then calls {@link
   * ClientConnection#received} for each message and {@link ClientConnection#closed} once.
   */
  public ClientConnection open(Transport transport, Encoding encoding) {
    return open(transport, encoding, "");
  }

  /**
   * The same for a client whose user is known without a token.
   *
   * @param user from somebody who is trusted; empty when it is not known
   */
  public ClientConnection open(Transport transport, Encoding encoding, String user) {
    var connection = new ClientConnection(this, transport, encoding, user);
    connections.add(connection);
    meters.opened(transport.name());
    return connection;
  }

  /** The client has connected. */
  void connected(ClientConnection connection, String user) {
    byUser.add(user, connection);
  }

  /** The connection of this user is over. */
  void remove(ClientConnection connection, String user, String transport) {
    byUser.remove(user, connection);
    if (connections.remove(connection)) {
      meters.closed(transport);
    }
  }

  HubControl control() {
    return control;
  }

  Ports ports() {
    return ports;
  }

  SessionSettings settings() {
    return share.settings();
  }

  TokenVerifier tokens() {
    return share.tokens();
  }

  Users users() {
    return share.users();
  }

  HubMeters meters() {
    return meters;
  }

  SharedFrames frames() {
    return frames;
  }

  Traffic traffic() {
    return traffic;
  }

  FailureLog failures() {
    return failures;
  }

  CloseLog closings() {
    return closings;
  }

  /** Milliseconds that never go backward. */
  static long now() {
    return SteadyTime.millis();
  }

  /** Runs the action on this event loop, at once when it is the current one. */
  void run(Runnable action) {
    if (Thread.currentThread() == thread) {
      action.run();
    } else {
      context.runOnContext(go -> action.run());
    }
  }

  /** Adds a subscriber; succeeds when it will miss nothing that is published from then on. */
  Future<Void> subscribe(Subscriber subscriber, StreamOptions options) {
    String channel = subscriber.channel();
    ChannelSubscribers subscribers = channels.get(channel);
    if (subscribers == null) {
      // Known before the feed is asked, because events may come before its answer.
      subscribers = new ChannelSubscribers();
      channels.put(channel, subscribers);
      subscribers.add(subscriber);
      subscribers.opened(ports.broker().feed().open(channel, options, listener));
    } else {
      subscribers.add(subscriber);
    }
    traffic.subscriptions++;
    return subscribers.opened();
  }

  /** Removes a subscriber; it is not called any more, even if an event is being delivered. */
  void unsubscribe(Subscriber subscriber) {
    String channel = subscriber.channel();
    ChannelSubscribers subscribers = channels.get(channel);
    if (subscribers == null || !subscribers.remove(subscriber)) {
      return;
    }
    traffic.subscriptions--;
    if (subscribers.isEmpty()) {
      channels.remove(channel);
      ports.broker().feed().close(channel, listener);
    }
  }

  /** Where the sequences of this turn begin. */
  Batch batch() {
    return batch;
  }

  /** What the transport is given for a sequence; valid until the end of the flush. */
  List<Frame> frames(Batch batch, Protocol protocol) {
    return batch.frames(protocol, made);
  }

  /** The connection has something to flush at the end of this turn. */
  void flushLater(ClientConnection connection) {
    unflushed.add(connection);
    if (!flushing) {
      flushing = true;
      context.runOnContext(go -> flush());
    }
  }

  private void flush() {
    flushing = false;
    List<ClientConnection> sending = unflushed;
    unflushed = spare;
    batch = Batch.empty();
    frames.clear();
    for (ClientConnection connection : sending) {
      connection.flush();
    }
    made.forEach(Frame::release);
    made.clear();
    sending.clear();
    spare = sending;
  }

  private void sweepOnce() {
    long now = now();
    if (now - swept >= SWEEP_INTERVAL * 3 / 4) {
      swept = now;
      sweep(now);
    }
  }

  private void sweep(long now) {
    long queuedBefore = traffic.queuedBytes;
    long queued = 0;
    // A copy, because a tick may close the connection.
    for (ClientConnection connection : connections.toArray(new ClientConnection[0])) {
      connection.tick(now);
      queued += connection.queuedBytes();
    }
    traffic.queuedBytes = queued;
    meters.report(traffic, queuedBefore);
    failures.tick(now);
    closings.tick();
  }

  private boolean isLate(Publication publication) {
    return maxLag > 0
        && publication.positioned()
        && ports.broker().now() - publication.time() > maxLag;
  }

  private void toSubscribers(String channel, Consumer<Subscriber> call) {
    ChannelSubscribers subscribers = channels.get(channel);
    if (subscribers != null) {
      subscribers.forEach(call);
    }
  }

  private final class Listener implements FeedListener {

    @Override
    public Context context() {
      return context;
    }

    @Override
    public void events(String channel, List<ChannelEvent> events) {
      for (ChannelEvent event : events) {
        if (event instanceof Publication publication && isLate(publication)) {
          toSubscribers(channel, subscriber -> subscriber.late(publication));
        } else {
          toSubscribers(channel, subscriber -> subscriber.event(event));
        }
      }
    }

    @Override
    public void insufficient(String channel) {
      toSubscribers(channel, Subscriber::insufficient);
    }
  }
}
