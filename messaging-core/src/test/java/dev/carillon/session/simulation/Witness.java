package dev.carillon.session.simulation;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.ErrorResult;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.session.simulation.SeenSubscription.Place;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one connection hears, held against the rules: one reply to each command; the
 * reply before the pushes of its channel; expiry and closes for a reason only.
 */
final class Witness {

  private final String client;
  private final SimulatedWorld world;

  /** Positions that the SDK remembers from one connection to the next. */
  private final Map<String, StreamPosition> known;

  private final Map<Long, Command> unanswered = new LinkedHashMap<>();

  /** When each command was sent. */
  private final Map<Long, Long> sent = new HashMap<>();

  private final Map<String, SeenSubscription> subscribed = new HashMap<>();
  private final SeenExpiry expiry;
  private boolean connected;
  private boolean unsayable;
  private long pinged = -1;
  private boolean over;

  Witness(String client, SimulatedWorld world, Map<String, StreamPosition> known) {
    this.client = client;
    this.world = world;
    this.known = known;
    this.expiry = new SeenExpiry(world);
  }

  void sends(Command command) {
    if (command.id() > 0) {
      unanswered.put(command.id(), command);
      sent.put(command.id(), world.now);
    }
  }

  boolean isOver() {
    return over;
  }

  boolean isPinged() {
    return pinged >= 0;
  }

  boolean isConnected() {
    return connected;
  }

  /** Whether an unsubscribe of the channel is not answered yet. */
  boolean isLeaving(String channel) {
    return unanswered.values().stream()
        .anyMatch(each -> each instanceof UnsubscribeRequest ask && ask.channel().equals(channel));
  }

  void pongs() {
    pinged = -1;
  }

  void reply(Reply reply) {
    Command command = world.isConcurrent() ? unanswered.get(reply.id()) : first();
    check(command != null && command.id() == reply.id(), reply + " for " + command);
    unanswered.remove(reply.id());
    if (reply.result() instanceof ErrorResult error) {
      refused(command, error.code());
    } else if (reply.result() instanceof ConnectResult result) {
      connected((ConnectRequest) command, result);
      renewed(expiry, reply, result.ttl());
    } else if (reply.result() instanceof SubscribeResult result) {
      started(Place.CLIENT, (SubscribeRequest) command, result);
      renewed(subscription(((SubscribeRequest) command).channel()).expiry, reply, result.ttl());
    } else if (reply.result() instanceof RefreshResult result) {
      renewed(expiry, reply, result.ttl());
      refreshed((RefreshRequest) command);
    } else if (reply.result() instanceof SubRefreshResult result) {
      renewed(subscription(((SubRefreshRequest) command).channel()).expiry, reply, result.ttl());
      world.seen.add("subscription refreshed");
    } else if (command instanceof UnsubscribeRequest request) {
      subscribed.remove(request.channel());
    }
  }

  private void renewed(SeenExpiry what, Reply reply, long ttl) {
    what.renewed(sent.getOrDefault(reply.id(), 0L), ttl);
  }

  private @Nullable Command first() {
    return unanswered.isEmpty() ? null : unanswered.values().iterator().next();
  }

  private void refused(@Nullable Command command, ErrorCode code) {
    world.seen.add("error " + code.code());
    if (command instanceof ConnectRequest) {
      over = true;
    }
    if (command instanceof SubscribeRequest request) {
      boolean taken =
          subscribed.containsKey(request.channel())
              || unanswered.values().stream()
                  .anyMatch(
                      each ->
                          each instanceof SubscribeRequest other
                              && other.channel().equals(request.channel()));
      check(code != ErrorCode.ALREADY_SUBSCRIBED || taken, code + " for " + request);
      check(
          code != ErrorCode.UNRECOVERABLE_POSITION || request.rejectUnrecovered(),
          code + " for " + request);
    }
  }

  private void connected(ConnectRequest request, ConnectResult result) {
    connected = true;
    if (world.tokens.connection(request.token()) instanceof Verification.Valid<?> valid) {
      check(SimulatedTokens.channels(valid).equals(result.subs().keySet()), result.toString());
    }
    for (Map.Entry<String, SubscribeResult> each : result.subs().entrySet()) {
      String channel = each.getKey();
      SubscribeRequest wish = request.subs().getOrDefault(channel, SubscribeRequest.of(0, channel));
      started(Place.SERVER, wish, each.getValue());
      world.seen.add("server-side");
    }
  }

  /** With a token of other channels the connection would have been closed. */
  private void refreshed(RefreshRequest request) {
    world.seen.add("refreshed");
    if (world.tokens.connection(request.token()) instanceof Verification.Valid<?> valid) {
      Set<String> channels = SimulatedTokens.channels(valid);
      check(subscribed.keySet().containsAll(channels), "refreshed with more of " + channels);
      check(
          subscribed.keySet().stream()
              .allMatch(each -> !isServerSide(each) || isLeaving(each) || channels.contains(each)),
          "refreshed with less of " + channels);
    }
  }

  private void started(Place place, SubscribeRequest request, SubscribeResult result) {
    var fresh = new SeenSubscription(world, place, request, result);
    check(subscribed.put(request.channel(), fresh) == null, "subscribed twice: " + request);
    fresh.starts(result);
    known.put(request.channel(), fresh.position());
  }

  void push(Push push) {
    check(push instanceof UnsubscribePush, push.toString());
    SeenSubscription ended = subscribed.remove(push.channel());
    check(ended != null && ended.place == Place.CLIENT, push + " without a subscription");
    UnsubscribeCode code = ((UnsubscribePush) push).code();
    if (code == UnsubscribeCode.SUBSCRIPTION_EXPIRED) {
      Duration grace = world.settings.client().expiredSubCloseDelay();
      check(ended != null && ended.expiry.mayBeOver(grace), push + " too early");
    } else {
      check(world.faults, push + " though nothing was lost");
    }
    world.seen.add("ended with " + code);
  }

  void event(String channel, ChannelEvent event) {
    SeenSubscription subscription = subscription(channel);
    if (event instanceof Publication publication) {
      subscription.delivered(publication);
      known.put(channel, subscription.position());
    }
  }

  void delta(String channel, Publication publication, boolean patch) {
    SeenSubscription subscription = subscription(channel);
    subscription.deliveredDelta(publication, patch);
    known.put(channel, subscription.position());
  }

  private SeenSubscription subscription(String channel) {
    SeenSubscription subscription = subscribed.get(channel);
    if (subscription == null) {
      throw new AssertionError(client + ": push of " + channel + " without a subscription");
    }
    return subscription;
  }

  void ping() {
    check(pinged < 0, "two pings without a pong between them");
    pinged = world.now;
  }

  /** What comes next can't be said to this client. */
  void unsayable() {
    unsayable = true;
  }

  void closed(Disconnect disconnect) {
    check(isReason(disconnect), "closed with " + disconnect + ", unanswered " + unanswered);
    world.seen.add("closed with " + disconnect);
    hangUp();
  }

  private boolean isReason(Disconnect disconnect) {
    Duration grace = world.settings.client().expiredCloseDelay();
    return switch (disconnect) {
      case INSUFFICIENT_STATE -> world.faults || isAsked(RefreshRequest.class);
      case NO_PONG -> pinged >= 0 && world.now - pinged >= pongTimeout();
      case STALE -> !connected;
      case INTERNAL_SERVER_ERROR -> !connected || isAsked(UnsubscribeRequest.class);
      case CONNECTION_EXPIRED -> isAsked(RefreshRequest.class) || expiry.mayBeOver(grace);
      case SUBSCRIPTION_EXPIRED -> isAsked(SubRefreshRequest.class);
      case INVALID_TOKEN -> isAsked(SubRefreshRequest.class, RefreshRequest.class);
      case INAPPROPRIATE_PROTOCOL -> unsayable;
      case BAD_REQUEST -> unanswered.values().stream().anyMatch(this::refreshesServerSide);
      default -> false;
    };
  }

  private long pongTimeout() {
    return world.settings.client().pongTimeout().toMillis();
  }

  /** Only who subscribed can refresh. */
  private boolean refreshesServerSide(Command command) {
    return command instanceof SubRefreshRequest request && isServerSide(request.channel());
  }

  boolean isSubscribed(String channel) {
    return subscribed.containsKey(channel);
  }

  private boolean isServerSide(String channel) {
    SeenSubscription subscription = subscribed.get(channel);
    return subscription != null && subscription.place == Place.SERVER;
  }

  private boolean isAsked(Class<?>... kinds) {
    return unanswered.values().stream().anyMatch(each -> Set.of(kinds).contains(each.getClass()));
  }

  /** The connection is over: nothing more is expected from it. */
  void hangUp() {
    over = true;
    connected = false;
    unanswered.clear();
    subscribed.clear();
  }

  /** The session was asked what is due. */
  void ticked() {
    Duration grace = world.settings.client().expiredSubCloseDelay();
    check(
        over || !expiry.mustBeOver(world.settings.client().expiredCloseDelay()),
        "still connected long after its expiry");
    check(
        subscribed.keySet().stream().allMatch(each -> isLeaving(each) || mayBeIn(each, grace)),
        "still subscribed long after its expiry");
  }

  private boolean mayBeIn(String channel, Duration grace) {
    return !subscription(channel).expiry.mustBeOver(grace);
  }

  /** Everything that was under way has arrived. */
  void checkAtRest() {
    check(over || unanswered.isEmpty(), "no reply to " + unanswered);
    world.streams.forEach(this::checkAtRest);
  }

  private void checkAtRest(String channel, SimulatedStream stream) {
    SeenSubscription subscription = subscribed.get(channel);
    boolean in = subscription != null && channel.startsWith("chat:");
    check(in == stream.present.contains(client), channel + ": presence is otherwise");
    check(in == stream.joined.contains(client), channel + ": joins and leaves are otherwise");
    SimulatedFeed feed = stream.feeds.get(client);
    if (subscription != null && feed != null && !feed.lost) {
      subscription.checkAtRest(stream);
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(client + ": " + otherwise);
    }
  }
}
