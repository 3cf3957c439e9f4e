package dev.carillon.session;

import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Refusal;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubRefreshResult;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import org.jspecify.annotations.Nullable;

/** New tokens for subscriptions that would expire (docs/PROTOCOL.md, "Expiry"). */
final class SubscriptionRefresh {

  private final Session session;
  private final Subscriptions subscriptions;

  SubscriptionRefresh(Session session, Subscriptions subscriptions) {
    this.session = session;
    this.subscriptions = subscriptions;
  }

  void refresh(SubRefreshRequest request) {
    Subscription subscription = subscriptions.live(request.channel());
    if (subscription == null) {
      session.refuse(request.id(), ErrorCode.PERMISSION_DENIED);
    } else if (subscription.agreement().origin().isServerSide()) {
      session.refuse(request.id(), Disconnect.BAD_REQUEST);
    } else if (request.token().isEmpty()) {
      session.refuse(request.id(), ErrorCode.BAD_REQUEST);
    } else {
      session
          .effects()
          .verifySubscription(
              request.token(),
              session.whileOpen(answer -> verified(request, subscription, answer)));
    }
  }

  private void verified(
      SubRefreshRequest request,
      Subscription subscription,
      Verification<SubscriptionToken> answer) {
    Refusal refusal = refusal(subscription, answer);
    if (refusal != null) {
      session.refuse(request.id(), refusal);
    } else if (answer instanceof Verification.Valid<SubscriptionToken> valid) {
      Expiry expiry = Expiry.of(valid.token().validFor(), session.now());
      subscription.renew(expiry, valid.token().grant().info());
      subscriptions.showAgain(subscription);
      session.done(new Reply(request.id(), new SubRefreshResult(expiry.ttl())));
    }
  }

  private @Nullable Refusal refusal(
      Subscription subscription, Verification<SubscriptionToken> answer) {
    if (answer instanceof Verification.Expired) {
      return Disconnect.SUBSCRIPTION_EXPIRED;
    }
    if (answer instanceof Verification.Unknown) {
      return ErrorCode.INTERNAL;
    }
    if (!(answer instanceof Verification.Valid<SubscriptionToken> valid)
        || !Subscriptions.isFor(valid.token(), subscription.channel(), session.info())) {
      return Disconnect.INVALID_TOKEN;
    }
    if (Expiry.isOver(valid.token().validFor())) {
      return ErrorCode.EXPIRED;
    }
    // It may have ended while the token was checked.
    return subscription.isLive() ? null : ErrorCode.PERMISSION_DENIED;
  }
}
