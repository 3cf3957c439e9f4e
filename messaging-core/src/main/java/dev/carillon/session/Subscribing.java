package dev.carillon.session;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One subscription on its way: delivery, presence, history; then it waits to be told that its reply
 * goes out. Every step asks for one effect and goes on when its outcome is there (docs/PROTOCOL.md,
 * "Order around subscribe").
 */
final class Subscribing {

  private final Session session;
  private final Effects effects;
  private final Subscriptions subscriptions;
  private final String channel;
  private final SubscribeRequest request;

  /** Null as long as it is not known whether the client may subscribe. */
  private @Nullable Subscription subscription;

  private History history = new History(StreamPosition.NONE, List.of());
  private Recovery recovery = Recovery.UNPOSITIONED;

  /** An unsubscribe that came meanwhile, and when it did; what comes behind it waits for it. */
  private @Nullable Runnable waiting;

  private long waitingSince;

  /** From here on the channel counts as taken. */
  Subscribing(
      Session session, Subscriptions subscriptions, String channel, SubscribeRequest request) {
    this.session = session;
    this.effects = session.effects();
    this.subscriptions = subscriptions;
    this.channel = channel;
    this.request = request;
    subscriptions.starts(this);
  }

  String channel() {
    return channel;
  }

  /**
   * The client may subscribe.
   *
   * @param then succeeds when there is a {@link #result()}; fails when the cluster could not do it,
   *     and nothing is left of the subscription
   */
  void begin(
      Agreement agreement, SubscriptionGrant grant, Expiry expiry, Outcome<Subscribing> then) {
    var fresh = new Subscription(subscriptions, agreement, grant, expiry);
    subscription = fresh;
    effects.open(
        fresh,
        agreement.namespace().stream(),
        session.outcome(opened -> opened(fresh, then), () -> fail(then)));
  }

  private void opened(Subscription subscription, Outcome<Subscribing> then) {
    if (!subscription.agreement().presence()) {
      entered(subscription, then);
      return;
    }
    subscription.setPresent(true);
    effects.enter(
        channel,
        subscriptions.info(subscription),
        subscription.agreement().announced(),
        session.outcome(entered -> entered(subscription, then), () -> fail(then)));
  }

  private void entered(Subscription subscription, Outcome<Subscribing> then) {
    Agreement agreement = subscription.agreement();
    if (!agreement.positioned()) {
      then.succeeded(this);
      return;
    }
    effects.history(
        channel,
        query(agreement),
        agreement.namespace().stream(),
        session.outcome(
            read -> {
              history = read;
              then.succeeded(this);
            },
            () -> fail(then)));
  }

  private void fail(Outcome<Subscribing> then) {
    abandon(then::failed);
  }

  private HistoryQuery query(Agreement agreement) {
    int limit = session.settings().client().recoveryMaxPublicationLimit();
    if (!agreement.recovers(request)) {
      return HistoryQuery.POSITION;
    }
    if (agreement.cache()) {
      // The newest may be one that the client does not want.
      return new HistoryQuery(null, agreement.wanted() == null ? 1 : limit, true);
    }
    return HistoryQuery.since(request.since(), limit);
  }

  /** Leaves nothing of it, and then does that; until then the channel is taken. */
  void abandon(Runnable then) {
    Runnable over =
        () -> {
          subscriptions.started(this);
          then.run();
          unsubscribe();
        };
    if (subscription == null) {
      over.run();
    } else {
      subscriptions.end(subscription, over);
    }
  }

  /** The info of the client has changed. */
  void showAgain() {
    if (subscription != null) {
      subscriptions.showAgain(subscription);
    }
  }

  /** The session is closed. */
  void drop() {
    if (subscription != null) {
      subscriptions.end(subscription, () -> {});
    }
  }

  /**
   * What the reply says, as of now; goes out together with {@link #goLive}.
   *
   * @return null when publications between what is stored and what arrived meanwhile are missing
   */
  @Nullable SubscribeResult result() {
    Subscription started = required();
    Recovery merged = started.isInsufficient() ? null : merge(started);
    if (merged == null) {
      return null;
    }
    recovery = merged;
    Agreement agreement = started.agreement();
    return new SubscribeResult(
        agreement.positioned(),
        agreement.recoverable(),
        merged.start(),
        request.recover() || agreement.recovers(request),
        merged.recovered(),
        agreement.sent(merged.publications()),
        agreement.delta(),
        started.data(),
        started.expiry().ttl());
  }

  private @Nullable Recovery merge(Subscription started) {
    Agreement agreement = started.agreement();
    if (!agreement.positioned()) {
      return Recovery.UNPOSITIONED;
    }
    List<Publication> live = started.keptPublications();
    if (!agreement.recovers(request)) {
      return Recovery.none(history, live);
    }
    Predicate<Publication> wanted = agreement::wants;
    return agreement.cache()
        ? Recovery.cache(request.since(), history, live, wanted)
        : Recovery.stream(request.since(), history, live, wanted);
  }

  /** Whether the client asked to be refused rather than to go on without what it has missed. */
  boolean isRejected() {
    Agreement agreement = required().agreement();
    return request.rejectUnrecovered()
        && agreement.recovers(request)
        && !agreement.cache()
        && !recovery.recovered();
  }

  /** The reply is written, unless that has closed the session. */
  void goLive() {
    Subscription live = required();
    if (session.isClosed()) {
      return;
    }
    subscriptions.live(live);
    subscriptions.started(this);
    if (live.agreement().announced()) {
      effects.announce(channel, new Join(subscriptions.info(live)));
    }
    live.goLive(recovery);
    unsubscribe();
  }

  /** An unsubscribe that takes effect as soon as this has ended in one way or the other. */
  void then(Runnable unsubscribe) {
    if (waiting == null) {
      waitingSince = session.now();
    }
    Runnable before = waiting;
    waiting =
        before == null
            ? unsubscribe
            : () -> {
              before.run();
              unsubscribe.run();
            };
  }

  private void unsubscribe() {
    Runnable last = waiting;
    if (last != null) {
      waiting = null;
      last.run();
    }
  }

  /** Whether an unsubscribe waits for longer than that, in milliseconds. */
  boolean isWaitedFor(long now, long longest) {
    return waiting != null && now - waitingSince >= longest;
  }

  private Subscription required() {
    if (subscription == null) {
      throw new IllegalStateException(channel + " (expected: permitted and begun)");
    }
    return subscription;
  }
}
