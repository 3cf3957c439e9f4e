package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.Refusal;
import dev.carillon.protocol.Reply;
import java.util.List;
import java.util.function.Consumer;

/**
 * The protocol state of one client, from the opened socket to its end (docs/PROTOCOL.md). Pure:
 * what happens comes in through its methods, what shall happen goes out through {@link Effects}.
 *
 * <p>Promises: every command with an id gets exactly one reply, unless the connection is closed
 * before; commands take effect in their order, unless {@code client.concurrency} lets several be
 * worked on at once; the reply that begins a subscription comes before every push of its channel;
 * after a close nothing is sent any more. All times are milliseconds of one monotonic clock.
 */
public final class Session {

  private enum State {
    /** Nothing but a connect is accepted. */
    NEW,
    /** The connect is being worked on; what follows it waits. */
    CONNECTING,
    /** The same, and it is known who the client is. */
    IDENTIFIED,
    CONNECTED,
    /** The connect was answered with an error; nothing is accepted. */
    REFUSED,
    CLOSED
  }

  private final SessionSettings settings;
  private final Effects effects;
  private final double chance;
  private final long opened;
  private final CommandQueue queue;
  private final Keepalive keepalive;
  private final Subscriptions subscriptions;
  private final SessionCommands commands;

  // Changed on the event loop of the client only.
  private State state = State.NEW;
  private ClientInfo info;
  private String software = "";
  private Expiry expiry = Expiry.NEVER;
  private long now;

  /**
   * A client that has just opened its socket.
   *
   * @param client its id, unique in the cluster
   * @param chance random, from 0 to 1, spreads the first pings
   */
  public Session(
      String client, SessionSettings settings, Effects effects, long now, double chance) {
    this.settings = settings;
    this.effects = effects;
    this.chance = chance;
    this.opened = now;
    this.now = now;
    ClientOptions options = settings.client();
    this.info = new ClientInfo("", client, Bytes.EMPTY, Bytes.EMPTY);
    this.queue = new CommandQueue(this, options.commandQueueMaxSize());
    this.keepalive =
        new Keepalive(options.pingInterval().toMillis(), options.pongTimeout().toMillis());
    this.subscriptions = new Subscriptions(this, effects);
    this.commands = new SessionCommands(this, subscriptions);
  }

  /**
   * Somebody who is trusted says which user this is, so that no token is needed. To be called
   * before anything is received.
   */
  public void introduce(String user) {
    info = new ClientInfo(user, info.client(), Bytes.EMPTY, Bytes.EMPTY);
  }

  /** The commands of one frame. */
  public void received(List<Command> frame, long now) {
    this.now = now;
    if (state == State.REFUSED) {
      close(Disconnect.BAD_REQUEST);
    }
    for (Command command : frame) {
      if (state == State.CLOSED || state == State.REFUSED) {
        return;
      }
      // A pong never waits behind commands, or a slow broker would look like a dead client.
      boolean accepted = command instanceof Pong ? keepalive.pong(now) : queue.offer(command);
      if (!accepted) {
        close(Disconnect.BAD_REQUEST);
      }
    }
  }

  /** It is the turn of this command. */
  void begin(Command command) {
    boolean isConnect = command instanceof ConnectRequest;
    if (isConnect != (state == State.NEW)) {
      close(Disconnect.BAD_REQUEST);
      return;
    }
    if (isConnect) {
      state = State.CONNECTING;
    }
    command.dispatch(commands);
  }

  /** Called about once a second. */
  public void tick(long now) {
    this.now = now;
    ClientOptions options = settings.client();
    switch (state) {
      case NEW, CONNECTING, REFUSED -> {
        if (now - opened >= options.staleCloseDelay().toMillis()) {
          close(Disconnect.STALE);
        }
      }
      case CONNECTED -> {
        if (expiry.isPast(now, options.expiredCloseDelay())) {
          close(Disconnect.CONNECTION_EXPIRED);
        } else {
          subscriptions.tick(now);
          keepAlive(now);
        }
      }
      case IDENTIFIED, CLOSED -> {}
    }
  }

  private void keepAlive(long now) {
    if (state == State.CLOSED) {
      return;
    }
    switch (keepalive.tick(now, queue.isPaused())) {
      case NOTHING -> {}
      case PING -> effects.ping();
      case CLOSE -> close(Disconnect.NO_PONG);
    }
  }

  /** Ends the connection. Ignored when it is closed already. */
  public void close(Disconnect disconnect) {
    if (state != State.CLOSED) {
      closed();
      effects.close(disconnect);
    }
  }

  /** The socket is closed: cleans up what others see of this client. */
  public void closed() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      queue.clear();
      subscriptions.endAll();
    }
  }

  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Who the client is, as others see it; without a user until that is known. */
  public ClientInfo info() {
    return info;
  }

  /** What the client software calls itself; empty until it is known who the client is. */
  public String software() {
    return software;
  }

  /** Pings and pongs of this client. */
  public Keepalive keepalive() {
    return keepalive;
  }

  public int channels() {
    return subscriptions.count();
  }

  /** What the server does to this client without being asked by it. */
  public ServerSide serverSide() {
    return new ServerSide(this, subscriptions);
  }

  SessionSettings settings() {
    return settings;
  }

  Effects effects() {
    return effects;
  }

  long now() {
    return now;
  }

  Permissions permissions() {
    return new Permissions(info.user(), settings.client().insecure());
  }

  /** It is known who the client is; its connect is still being worked on. */
  void identified(String user, Bytes connInfo, String software) {
    state = State.IDENTIFIED;
    info = new ClientInfo(user, info.client(), connInfo, Bytes.EMPTY);
    this.software = software;
  }

  /** The connect succeeded; its reply comes next. */
  void connected(Expiry expiry) {
    state = State.CONNECTED;
    this.expiry = expiry;
    queue.allow(Math.max(1, settings.client().concurrency()));
    keepalive.start(now, chance);
    effects.connected();
  }

  /** The connect failed; after an error it is the client that closes the socket. */
  void refuseConnect(long id, Refusal refusal) {
    if (refusal instanceof ErrorCode) {
      state = State.REFUSED;
      queue.clear();
    }
    refuse(id, refusal);
  }

  void renew(Expiry expiry) {
    this.expiry = expiry;
  }

  /** New info from a new token; one that has none takes none away. */
  void show(Bytes connInfo) {
    if (!connInfo.isEmpty() && !connInfo.equals(info.connInfo())) {
      info = new ClientInfo(info.user(), info.client(), connInfo, Bytes.EMPTY);
      subscriptions.showAgain();
    }
  }

  void refuse(long id, Refusal refusal) {
    if (refusal instanceof ErrorCode code) {
      done(Reply.error(id, code));
    } else if (refusal instanceof Disconnect disconnect) {
      close(disconnect);
    }
  }

  /** An unsubscribe is answered; what waited for it may begin. */
  void unsubscribed(Reply reply) {
    queue.release();
    done(reply);
  }

  /** The command is answered; the next one may begin. */
  void done(Reply reply) {
    if (state != State.CLOSED) {
      effects.reply(reply);
      done();
    }
  }

  void done() {
    queue.ended();
  }

  /** What to do with an answer, unless the session is closed by then. */
  <T> Consumer<T> whileOpen(Consumer<T> then) {
    return new WhileOpen<>(this, then, why -> {});
  }

  /** What to do with the outcome of an effect, unless the session is closed by then. */
  <T> Outcome<T> outcome(Consumer<T> then, Runnable otherwise) {
    return explained(then, why -> otherwise.run());
  }

  /** The same for one whose refusal is told the client. */
  <T> Outcome<T> explained(Consumer<T> then, Consumer<ErrorCode> otherwise) {
    return new WhileOpen<>(this, then, otherwise);
  }
}
