package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.List;

/**
 * One subscribe command on its way: permission, delivery, presence, history, reply. Every step asks
 * for one effect and goes on when its outcome is there (docs/PROTOCOL.md, "Subscribe").
 */
final class Subscribing {

  private final Session session;
  private final Effects effects;
  private final Subscriptions subscriptions;
  private final SubscribeRequest request;

  Subscribing(Session session, Subscriptions subscriptions, SubscribeRequest request) {
    this.session = session;
    this.effects = session.effects();
    this.subscriptions = subscriptions;
    this.request = request;
  }

  void start() {
    Namespace namespace = session.settings().namespaces().of(request.channel());
    if (request.type() != 0) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else if (namespace == null) {
      refuse(ErrorCode.UNKNOWN_CHANNEL);
    } else if (!session.settings().namespaces().wellNamed(namespace, request.channel())) {
      refuse(ErrorCode.BAD_REQUEST);
    } else if (!request.token().isEmpty()) {
      effects.verifySubscription(request.token(), answer -> verified(namespace, answer));
    } else if (!session.permissions().subscribe(namespace, request.channel())) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else {
      permitted(namespace, Bytes.EMPTY, Expiry.NEVER);
    }
  }

  private void verified(Namespace namespace, Verification<SubscriptionToken> answer) {
    if (session.isClosed()) {
      return;
    }
    if (answer instanceof Verification.Expired) {
      refuse(ErrorCode.TOKEN_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      refuse(ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<SubscriptionToken> valid)) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else if (!session.isFor(valid.token(), request.channel())) {
      session.close(Disconnect.INVALID_TOKEN);
    } else if (Expiry.isOver(valid.token().validFor())) {
      refuse(ErrorCode.EXPIRED);
    } else {
      Expiry expiry = Expiry.of(valid.token().validFor(), session.now());
      permitted(namespace, valid.token().info(), expiry);
    }
  }

  private void permitted(Namespace namespace, Bytes chanInfo, Expiry expiry) {
    if (request.filter() != null) {
      refuse(ErrorCode.BAD_REQUEST);
      return;
    }
    Agreement agreement = Agreement.of(request, namespace, session.permissions());
    Subscription subscription = subscriptions.add(agreement, chanInfo, expiry);
    effects.open(
        subscription,
        namespace.stream(),
        session.outcome(opened -> opened(subscription), () -> fail(subscription)));
  }

  private void opened(Subscription subscription) {
    if (!subscription.agreement().namespace().options().presence()) {
      entered(subscription);
      return;
    }
    subscription.setPresent();
    effects.enter(
        subscription.channel(),
        subscriptions.info(subscription),
        session.outcome(entered -> entered(subscription), () -> fail(subscription)));
  }

  private void entered(Subscription subscription) {
    if (!subscription.agreement().positioned()) {
      reply(subscription, Recovery.UNPOSITIONED);
      return;
    }
    int limit = session.settings().client().recoveryMaxPublicationLimit();
    effects.history(
        subscription.channel(),
        recovers(subscription) ? HistoryQuery.since(request.since(), limit) : HistoryQuery.POSITION,
        subscription.agreement().namespace().stream(),
        session.outcome(history -> merge(subscription, history), () -> fail(subscription)));
  }

  private void merge(Subscription subscription, History history) {
    StreamPosition since = recovers(subscription) ? request.since() : null;
    Recovery recovery = Recovery.of(since, history, subscription.keptPublications());
    if (recovery == null) {
      session.close(Disconnect.INSUFFICIENT_STATE);
    } else if (since != null && !recovery.recovered() && request.rejectUnrecovered()) {
      subscriptions.end(subscription, () -> refuse(ErrorCode.UNRECOVERABLE_POSITION));
    } else {
      reply(subscription, recovery);
    }
  }

  private void reply(Subscription subscription, Recovery recovery) {
    if (subscription.isInsufficient()) {
      session.close(Disconnect.INSUFFICIENT_STATE);
      return;
    }
    effects.reply(new Reply(request.id(), result(subscription, recovery)));
    if (subscription.agreement().namespace().options().joinLeave()) {
      effects.announce(subscription.channel(), new Join(subscriptions.info(subscription)));
    }
    subscription.goLive(recovery.reached());
    session.done();
  }

  private SubscribeResult result(Subscription subscription, Recovery recovery) {
    return new SubscribeResult(
        subscription.agreement().positioned(),
        subscription.agreement().recoverable(),
        recovery.start(),
        recovers(subscription),
        recovery.recovered(),
        recovery.recovered() ? SentPublication.plain(recovery.publications()) : List.of(),
        false,
        Bytes.EMPTY,
        subscription.expiry().ttl());
  }

  private boolean recovers(Subscription subscription) {
    return request.recover() && subscription.agreement().recoverable();
  }

  private void refuse(ErrorCode code) {
    session.error(request.id(), code);
  }

  private void fail(Subscription subscription) {
    subscriptions.end(subscription, () -> refuse(ErrorCode.INTERNAL));
  }
}
