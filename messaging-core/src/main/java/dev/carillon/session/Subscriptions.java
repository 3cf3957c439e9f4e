package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.UnsubscribeCode;
import dev.carillon.protocol.UnsubscribePush;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.protocol.UnsubscribeResult;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of one client: those it is subscribed to, and the one it is subscribing to. */
final class Subscriptions {

  private final Session session;
  private final Effects effects;
  private final Map<String, Subscription> byChannel = new HashMap<>(4);

  Subscriptions(Session session, Effects effects) {
    this.session = session;
    this.effects = effects;
  }

  void subscribe(SubscribeRequest request) {
    ErrorCode refusal = refusal(request);
    if (refusal != null) {
      session.error(request.id(), refusal);
    } else if (!request.delta().isEmpty() && !request.delta().equals("fossil")) {
      session.close(Disconnect.BAD_REQUEST);
    } else {
      new Subscribing(session, this, request).start();
    }
  }

  private @Nullable ErrorCode refusal(SubscribeRequest request) {
    SessionSettings settings = session.settings();
    if (settings.namespaces().tooLong(request.channel())) {
      return ErrorCode.BAD_REQUEST;
    }
    if (byChannel.containsKey(request.channel())) {
      return ErrorCode.ALREADY_SUBSCRIBED;
    }
    return byChannel.size() >= settings.client().channelLimit() ? ErrorCode.LIMIT_EXCEEDED : null;
  }

  Subscription add(Agreement agreement, Bytes chanInfo, Expiry expiry) {
    var subscription = new Subscription(this, agreement, chanInfo, expiry);
    byChannel.put(agreement.channel(), subscription);
    return subscription;
  }

  void unsubscribe(UnsubscribeRequest request) {
    Subscription subscription = byChannel.get(request.channel());
    var reply = new Reply(request.id(), new UnsubscribeResult());
    if (subscription == null) {
      session.done(reply);
    } else {
      end(subscription, () -> session.done(reply));
    }
  }

  void refresh(SubRefreshRequest request) {
    Subscription subscription = live(request.channel());
    if (subscription == null) {
      session.error(request.id(), ErrorCode.PERMISSION_DENIED);
    } else if (request.token().isEmpty()) {
      session.error(request.id(), ErrorCode.BAD_REQUEST);
    } else {
      effects.verifySubscription(request.token(), answer -> refreshed(request, answer));
    }
  }

  private void refreshed(SubRefreshRequest request, Verification<SubscriptionToken> answer) {
    Subscription subscription = live(request.channel());
    if (session.isClosed()) {
      return;
    }
    if (answer instanceof Verification.Expired) {
      session.close(Disconnect.SUBSCRIPTION_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      session.error(request.id(), ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<SubscriptionToken> valid)
        || !session.isFor(valid.token(), request.channel())) {
      session.close(Disconnect.INVALID_TOKEN);
    } else if (Expiry.isOver(valid.token().validFor())) {
      session.close(Disconnect.SUBSCRIPTION_EXPIRED);
    } else if (subscription == null) {
      session.error(request.id(), ErrorCode.PERMISSION_DENIED);
    } else {
      Expiry expiry = Expiry.of(valid.token().validFor(), session.now());
      subscription.renew(expiry, valid.token().info());
      showAgain(subscription);
      session.done(new Reply(request.id(), new SubRefreshResult(expiry.ttl())));
    }
  }

  /** The subscription of the channel, unless its subscribe is still being worked on. */
  @Nullable Subscription live(String channel) {
    Subscription subscription = byChannel.get(channel);
    return subscription != null && subscription.isLive() ? subscription : null;
  }

  int count() {
    return byChannel.size();
  }

  long keptBytesMax() {
    return session.settings().client().queueMaxSize();
  }

  void deliver(Subscription subscription, ChannelEvent event) {
    effects.deliver(subscription.channel(), event);
  }

  void insufficient(Subscription subscription) {
    remove(subscription, UnsubscribeCode.INSUFFICIENT_STATE);
  }

  /** Ends the subscriptions whose tokens were not refreshed in time. */
  void tick(long now) {
    var grace = session.settings().client().expiredSubCloseDelay();
    for (Subscription subscription : new ArrayList<>(byChannel.values())) {
      if (subscription.isLive() && subscription.expiry().isPast(now, grace)) {
        remove(subscription, UnsubscribeCode.SUBSCRIPTION_EXPIRED);
      }
    }
  }

  /** Shows others the info that came with a new token of the connection. */
  void showAgain() {
    byChannel.values().forEach(this::showAgain);
  }

  private void showAgain(Subscription subscription) {
    if (subscription.isPresent()) {
      effects.enter(subscription.channel(), info(subscription), Outcome.IGNORED);
    }
  }

  /** The connection is closed: nobody is told but the other clients. */
  void endAll() {
    for (Subscription subscription : new ArrayList<>(byChannel.values())) {
      end(subscription, () -> {});
    }
  }

  /** As shown to others in this channel. */
  ClientInfo info(Subscription subscription) {
    return session.info().withChanInfo(subscription.chanInfo());
  }

  private void remove(Subscription subscription, UnsubscribeCode code) {
    effects.push(new UnsubscribePush(subscription.channel(), code));
    end(subscription, () -> {});
  }

  /** Ends a subscription, also one that is not live yet. */
  void end(Subscription subscription, Runnable done) {
    byChannel.remove(subscription.channel());
    effects.shut(subscription);
    boolean leave =
        subscription.isLive() && subscription.agreement().namespace().options().joinLeave();
    if (subscription.isPresent() || leave) {
      effects.exit(
          new Departure(
              subscription.channel(), info(subscription), subscription.isPresent(), leave),
          done);
    } else {
      done.run();
    }
  }
}
