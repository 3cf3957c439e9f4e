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
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.RefreshPush;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.protocol.SubscribePush;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.session.simulation.SeenSubscription.Place;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.HashMap;
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

  private final SeenCommands commands;
  private final SeenOrders orders = new SeenOrders();
  private final Map<String, SeenSubscription> subscribed = new HashMap<>();

  /** The last unsubscribe of each channel that was answered. */
  private final Map<String, Long> left = new HashMap<>();

  private final SeenExpiry expiry;
  private boolean connected;
  private boolean unsayable;
  private long pinged = -1;
  private boolean over;

  Witness(String client, SimulatedWorld world, Map<String, StreamPosition> known) {
    this.client = client;
    this.world = world;
    this.known = known;
    this.commands = new SeenCommands(world);
    this.expiry = new SeenExpiry(world);
  }

  void sends(Command command) {
    if (command.id() > 0) {
      commands.sends(command);
    }
  }

  /** What was ordered, which is to be told here before it is done. */
  SeenOrders orders() {
    return orders;
  }

  /** All subscriptions shall end, also those that are only on their way. */
  void endsAll() {
    SimulatedClient.CHANNELS.forEach(
        channel -> {
          if (subscribed.containsKey(channel) && !isLeaving(channel)) {
            orders.end(channel);
          } else {
            orders.perhapsEnd(channel);
          }
        });
  }

  /** The session has been told that the connection expires, at this time of its own. */
  void expires(long at, long ttl) {
    expiry.renewed(at, ttl);
    orders.refresh(ttl);
  }

  boolean isOver() {
    return over;
  }

  boolean isPinged() {
    return pinged >= 0;
  }

  /** Whether an unsubscribe of the channel is not answered yet. */
  boolean isLeaving(String channel) {
    return commands.isWaiting(UnsubscribeRequest.class, each -> each.channel().equals(channel));
  }

  void pongs() {
    pinged = -1;
  }

  void reply(Reply reply) {
    Command command = commands.answered(reply);
    if (reply.result() instanceof ErrorResult error) {
      refused(command, error.code());
    } else if (command instanceof ConnectRequest request) {
      connected(request, (ConnectResult) reply.result());
      expiry.renewed(commands.sent(reply), ((ConnectResult) reply.result()).ttl());
    } else if (command instanceof SubscribeRequest request) {
      var result = (SubscribeResult) reply.result();
      check(request.id() > left.getOrDefault(request.channel(), 0L), request + " after its end");
      started(Place.CLIENT, request, result);
      subscription(request.channel()).expiry.renewed(commands.sent(reply), result.ttl());
    } else if (command instanceof RefreshRequest request) {
      expiry.renewed(commands.sent(reply), ((RefreshResult) reply.result()).ttl());
      refreshed(request);
    } else if (command instanceof SubRefreshRequest request) {
      long ttl = ((SubRefreshResult) reply.result()).ttl();
      subscription(request.channel()).expiry.renewed(commands.sent(reply), ttl);
      world.seen.add("subscription refreshed");
    } else if (command instanceof UnsubscribeRequest request) {
      subscribed.remove(request.channel());
      left.put(request.channel(), request.id());
    }
  }

  private void refused(Command command, ErrorCode code) {
    world.seen.add("error " + code.code());
    if (command instanceof ConnectRequest) {
      over = true;
    }
    if (command instanceof SubscribeRequest request) {
      String channel = request.channel();
      boolean taken =
          isSubscribed(channel)
              || orders.isSubscribing(channel)
              || commands.isWaiting(SubscribeRequest.class, each -> each.channel().equals(channel));
      check(code != ErrorCode.ALREADY_SUBSCRIBED || taken, code + " for " + request);
      check(
          code != ErrorCode.UNRECOVERABLE_POSITION || request.rejectUnrecovered(),
          code + " for " + request);
    }
  }

  private void connected(ConnectRequest request, ConnectResult result) {
    connected = true;
    if (world.tokens.connection(request.token()) instanceof Verification.Valid<?> valid) {
      Set<String> granted = ((ConnectionToken) valid.token()).subs().keySet();
      check(granted.equals(result.subs().keySet()), result.toString());
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
      ConnectionToken token = (ConnectionToken) valid.token();
      Set<String> channels = token.subs().keySet();
      check(client.startsWith(token.user() + "/"), "refreshed as " + token.user());
      check(subscribed.keySet().containsAll(channels), "refreshed with more of " + channels);
      check(
          subscribed.keySet().stream()
              .allMatch(each -> !isOfToken(each) || isLeaving(each) || channels.contains(each)),
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
    if (push instanceof SubscribePush started) {
      started(started);
    } else if (push instanceof RefreshPush refresh) {
      orders.refreshed(refresh.ttl());
      world.seen.add("refreshed by order");
    } else if (push instanceof EventPush missed && missed.event() instanceof Publication each) {
      subscription(missed.channel()).caughtUp(each);
      known.put(missed.channel(), subscription(missed.channel()).position());
    } else if (push instanceof UnsubscribePush end) {
      ended(end);
    } else {
      throw new AssertionError(client + ": " + push);
    }
  }

  private void started(SubscribePush push) {
    var fresh = SeenSubscription.ordered(world, push);
    orders.subscribed(fresh, push.channel());
    check(subscribed.put(push.channel(), fresh) == null, "subscribed twice: " + push);
    known.put(push.channel(), fresh.position());
  }

  private void ended(UnsubscribePush push) {
    SeenSubscription ended = subscribed.remove(push.channel());
    if (push.code() == UnsubscribeCode.SERVER_UNSUBSCRIBE) {
      orders.ended(push.channel());
      world.seen.add(ended == null ? "told an end of nothing" : "ended by order");
      return;
    }
    check(ended != null && ended.place == Place.CLIENT, push + " without a subscription");
    UnsubscribeCode code = push.code();
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

  void delta(String channel, Publication publication, @Nullable Publication base) {
    SeenSubscription subscription = subscription(channel);
    subscription.deliveredDelta(publication, base);
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
    check(isReason(disconnect), "closed with " + disconnect + ", unanswered " + commands);
    world.seen.add("closed with " + disconnect.code());
    hangUp();
  }

  private boolean isReason(Disconnect disconnect) {
    if (orders.isClose(disconnect)) {
      return true;
    }
    Duration grace = world.settings.client().expiredCloseDelay();
    boolean refreshes = commands.isWaiting(RefreshRequest.class);
    return switch (disconnect.reason()) {
      case "insufficient state" -> world.faults || refreshes;
      case "no pong" -> pinged >= 0 && world.now - pinged >= pongTimeout();
      case "stale" -> !connected;
      case "internal server error" ->
          !connected || commands.isWaiting(UnsubscribeRequest.class) || orders.isEnding();
      case "connection expired" -> refreshes || expiry.mayBeOver(grace);
      case "subscription expired" ->
          commands.isWaiting(SubRefreshRequest.class) || hasExpired(Place.ORDER);
      case "invalid token" -> refreshes || commands.isWaiting(SubRefreshRequest.class);
      case "inappropriate protocol" -> unsayable;
      // Only who subscribed can refresh.
      case "bad request" ->
          commands.isWaiting(SubRefreshRequest.class, each -> isForeign(each.channel()));
      default -> false;
    };
  }

  private long pongTimeout() {
    return world.settings.client().pongTimeout().toMillis();
  }

  boolean isSubscribed(String channel) {
    return subscribed.containsKey(channel);
  }

  /** Whether the client is subscribed, and did not subscribe itself. */
  private boolean isForeign(String channel) {
    SeenSubscription subscription = subscribed.get(channel);
    return subscription != null && subscription.place != Place.CLIENT;
  }

  private boolean isOfToken(String channel) {
    SeenSubscription subscription = subscribed.get(channel);
    return subscription != null && subscription.place == Place.SERVER;
  }

  private boolean hasExpired(Place place) {
    Duration grace = world.settings.client().expiredSubCloseDelay();
    return subscribed.values().stream()
        .anyMatch(each -> each.place == place && each.expiry.mayBeOver(grace));
  }

  /** The connection is over: nothing more is expected from it. */
  void hangUp() {
    over = true;
    connected = false;
    pinged = -1;
    commands.forget();
    subscribed.clear();
  }

  /** The session was asked what is due. */
  void ticked() {
    Duration grace = world.settings.client().expiredSubCloseDelay();
    check(pinged < 0 || world.now - pinged < pongTimeout(), "still waited for its pong");
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
    check(over || commands.areAnswered(), "no reply to " + commands);
    if (!over) {
      orders.checkAtRest();
    }
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
