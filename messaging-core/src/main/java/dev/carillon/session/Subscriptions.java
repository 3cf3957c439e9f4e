package dev.carillon.session;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import dev.carillon.session.Agreement.Origin;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of one client: those it is subscribed to, and those it is subscribing to. */
final class Subscriptions {

  /** How long an unsubscribe waits for the subscribe before it; more is no normal operation. */
  private static final long UNSUBSCRIBE_WAIT = 5_000;

  private final Session session;
  private final Effects effects;

  /** Their replies are written. */
  private final Map<String, Subscription> live = new HashMap<>(4);

  private final List<Subscribing> starting = new ArrayList<>(0);

  /** The channel of the one unsubscribe that is being worked on; empty for none. */
  private String leaving = "";

  Subscriptions(Session session, Effects effects) {
    this.session = session;
    this.effects = effects;
  }

  void starts(Subscribing subscribing) {
    starting.add(subscribing);
  }

  void started(Subscribing subscribing) {
    starting.remove(subscribing);
  }

  void live(Subscription subscription) {
    live.put(subscription.channel(), subscription);
  }

  /** Whether the client is subscribed to the channel, or about to be. */
  boolean isTaken(String channel) {
    return live.containsKey(channel) || starting(channel) != null;
  }

  private @Nullable Subscribing starting(String channel) {
    for (Subscribing subscribing : starting) {
      if (subscribing.channel().equals(channel)) {
        return subscribing;
      }
    }
    return null;
  }

  /** The subscription of the channel, unless its subscribe is still being worked on. */
  @Nullable Subscription live(String channel) {
    return live.get(channel);
  }

  int count() {
    return live.size() + starting.size();
  }

  void unsubscribe(UnsubscribeRequest request) {
    Subscription subscription = live.get(request.channel());
    Subscribing before = starting(request.channel());
    var reply = new Reply(request.id(), new UnsubscribeResult());
    if (before != null) {
      before.then(() -> unsubscribe(request));
    } else if (subscription == null) {
      session.unsubscribed(reply);
    } else {
      leaving = request.channel();
      end(
          subscription,
          () -> {
            leaving = "";
            session.unsubscribed(reply);
          });
    }
  }

  /** Whether the client has ended its subscription of the channel, and was not told yet. */
  boolean isLeaving(String channel) {
    return leaving.equals(channel);
  }

  /** Ends the subscription of the channel and says so, also to a client that has none. */
  void revoke(String channel) {
    if (session.isClosed()) {
      return;
    }
    Subscribing before = starting(channel);
    if (before != null) {
      before.then(() -> revoke(channel));
      return;
    }
    effects.push(new UnsubscribePush(channel, UnsubscribeCode.SERVER_UNSUBSCRIBE));
    Subscription subscription = live.get(channel);
    if (subscription != null) {
      end(subscription, () -> {});
    }
  }

  /** The same with all channels that the client has. */
  void revokeAll() {
    List.copyOf(live.keySet()).forEach(this::revoke);
    starting.stream().map(Subscribing::channel).toList().forEach(this::revoke);
  }

  /** Whether the token allows this client this channel. */
  static boolean isFor(SubscriptionToken token, String channel, ClientInfo client) {
    return token.channel().equals(channel)
        && token.user().equals(client.user())
        && (token.client().isEmpty() || token.client().equals(client.client()));
  }

  /** Whether a new token names a channel that is missing, or lacks one that the last one gave. */
  boolean differ(ConnectionToken token) {
    return !live.keySet().containsAll(token.subs().keySet())
        || live.values().stream()
            .filter(each -> each.agreement().origin() == Origin.TOKEN)
            .anyMatch(each -> !token.subs().containsKey(each.channel()));
  }

  long keptBytesMax() {
    return session.settings().client().queueMaxSize();
  }

  void deliver(Subscription subscription, ChannelEvent event) {
    effects.deliver(subscription.channel(), event);
  }

  void deliverDelta(
      Subscription subscription, Publication publication, @Nullable Publication base) {
    effects.deliverDelta(subscription.channel(), publication, base);
  }

  void withheld() {
    effects.withheld();
  }

  /** Publications are missing: the client has to subscribe again, or to connect again. */
  void insufficient(Subscription subscription) {
    remove(subscription, UnsubscribeCode.INSUFFICIENT_STATE, Disconnect.INSUFFICIENT_STATE);
  }

  /** Ends what has expired or hangs. */
  void tick(long now) {
    Subscription over = expired(now);
    while (over != null) {
      remove(over, UnsubscribeCode.SUBSCRIPTION_EXPIRED, Disconnect.SUBSCRIPTION_EXPIRED);
      over = expired(now);
    }
    for (Subscribing each : starting) {
      if (each.isWaitedFor(now, UNSUBSCRIBE_WAIT)) {
        session.close(Disconnect.INTERNAL_SERVER_ERROR);
        return;
      }
    }
  }

  private @Nullable Subscription expired(long now) {
    var grace = session.settings().client().expiredSubCloseDelay();
    for (Subscription each : live.values()) {
      if (each.expiry().isPast(now, grace)) {
        return each;
      }
    }
    return null;
  }

  /** A client can't subscribe again to what it did not subscribe to. */
  private void remove(Subscription subscription, UnsubscribeCode code, Disconnect disconnect) {
    if (subscription.agreement().origin().isServerSide()) {
      session.close(disconnect);
    } else {
      effects.push(new UnsubscribePush(subscription.channel(), code));
      end(subscription, () -> {});
    }
  }

  /** Shows others the info that came with a new token of the connection. */
  void showAgain() {
    live.values().forEach(this::showAgain);
    starting.forEach(Subscribing::showAgain);
  }

  void showAgain(Subscription subscription) {
    if (subscription.isPresent()) {
      effects.enter(
          subscription.channel(),
          info(subscription),
          subscription.agreement().announced(),
          Outcome.IGNORED);
    }
  }

  /** The connection is closed: nobody is told but the other clients. */
  void endAll() {
    List.copyOf(live.values()).forEach(each -> end(each, () -> {}));
    List.copyOf(starting).forEach(Subscribing::drop);
    starting.clear();
  }

  /** As shown to others in this channel. */
  ClientInfo info(Subscription subscription) {
    return session.info().withChanInfo(subscription.chanInfo());
  }

  /** Ends a subscription, also one that is not live yet; nothing happens when it has ended. */
  void end(Subscription subscription, Runnable done) {
    live.remove(subscription.channel(), subscription);
    effects.shut(subscription);
    boolean present = subscription.isPresent();
    boolean leave = subscription.end() && subscription.agreement().announced();
    subscription.setPresent(false);
    if (present || leave) {
      var departure = new Departure(subscription.channel(), info(subscription), present, leave);
      effects.exit(departure, done);
    } else {
      done.run();
    }
  }
}
