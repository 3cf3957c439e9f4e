package dev.carillon.session;

import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.filter.Condition;
import dev.carillon.filter.FilterException;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Refusal;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.TagsFilter;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import org.jspecify.annotations.Nullable;

/**
 * One subscribe command on its way to its reply: names, permission, then {@link Subscribing}
 * (docs/PROTOCOL.md, "Subscribe").
 */
final class SubscribeCommand {

  /** A kind of subscription that has an answer of its own where it is not offered. */
  private static final int SHARED_POLL = 4;

  private final Session session;
  private final SubscribeRequest request;
  private final Subscribing subscribing;

  private SubscribeCommand(Session session, Subscriptions subscriptions, SubscribeRequest request) {
    this.session = session;
    this.request = request;
    this.subscribing = new Subscribing(session, subscriptions, request.channel(), request);
  }

  static void start(Session session, Subscriptions subscriptions, SubscribeRequest request) {
    Refusal refusal = refusal(session, subscriptions, request);
    if (refusal != null) {
      session.refuse(request.id(), refusal);
    } else {
      new SubscribeCommand(session, subscriptions, request).start();
    }
  }

  private static @Nullable Refusal refusal(
      Session session, Subscriptions subscriptions, SubscribeRequest request) {
    SessionSettings settings = session.settings();
    if (request.type() == SHARED_POLL) {
      return ErrorCode.NOT_AVAILABLE;
    }
    if (!request.delta().isEmpty() && !request.delta().equals(NamespaceOptions.DELTA)) {
      return Disconnect.BAD_REQUEST;
    }
    if (settings.namespaces().tooLong(request.channel())) {
      return ErrorCode.BAD_REQUEST;
    }
    if (subscriptions.isTaken(request.channel())) {
      return ErrorCode.ALREADY_SUBSCRIBED;
    }
    return subscriptions.count() >= settings.client().channelLimit()
        ? ErrorCode.LIMIT_EXCEEDED
        : null;
  }

  private void start() {
    Namespaces namespaces = session.settings().namespaces();
    Namespace namespace = namespaces.of(request.channel());
    if (Namespaces.isReserved(request.channel())) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else if (namespace == null) {
      refuse(ErrorCode.UNKNOWN_CHANNEL);
    } else if (!namespaces.wellNamed(namespace, request.channel())) {
      refuse(ErrorCode.BAD_REQUEST);
    } else if (request.type() != 0) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else if (!request.token().isEmpty()) {
      session
          .effects()
          .verifySubscription(
              request.token(), session.whileOpen(answer -> verified(namespace, answer)));
    } else if (!session.permissions().subscribe(namespace, request.channel())) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else {
      permitted(namespace, SubscriptionGrant.PLAIN, Expiry.NEVER);
    }
  }

  private void verified(Namespace namespace, Verification<SubscriptionToken> answer) {
    if (answer instanceof Verification.Expired) {
      refuse(ErrorCode.TOKEN_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      refuse(ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<SubscriptionToken> valid)) {
      refuse(ErrorCode.PERMISSION_DENIED);
    } else if (!Subscriptions.isFor(valid.token(), request.channel(), session.info())) {
      refuse(Disconnect.INVALID_TOKEN);
    } else if (Expiry.isOver(valid.token().validFor())) {
      refuse(ErrorCode.EXPIRED);
    } else {
      Expiry expiry = Expiry.of(valid.token().validFor(), session.now());
      permitted(namespace, valid.token().grant(), expiry);
    }
  }

  private void permitted(Namespace namespace, SubscriptionGrant grant, Expiry expiry) {
    Condition wanted = null;
    TagsFilter filter = request.filter();
    if (filter != null) {
      wanted = condition(namespace, filter);
      if (wanted == null) {
        refuse(ErrorCode.BAD_REQUEST);
        return;
      }
    }
    subscribing.begin(
        Agreement.ofClient(request, namespace, grant.override(), session.permissions(), wanted),
        grant,
        expiry,
        session.outcome(ready -> reply(), () -> session.refuse(request.id(), ErrorCode.INTERNAL)));
  }

  /** What the filter says; null when it is malformed, or not allowed here. */
  private @Nullable Condition condition(Namespace namespace, TagsFilter filter) {
    NamespaceOptions options = namespace.options();
    // SDKs refuse to ask for both.
    boolean delta = options.allowedDeltaTypes().contains(request.delta());
    if (!options.allowTagsFilter() || delta) {
      return null;
    }
    try {
      return Condition.of(filter, session.settings().client().tagsFilterMaxSize());
    } catch (FilterException malformed) {
      return null;
    }
  }

  private void reply() {
    SubscribeResult result = subscribing.result();
    if (result == null) {
      session.close(Disconnect.INSUFFICIENT_STATE);
    } else if (subscribing.isRejected()) {
      refuse(ErrorCode.UNRECOVERABLE_POSITION);
    } else {
      session.effects().reply(new Reply(request.id(), result));
      subscribing.goLive();
      session.done();
    }
  }

  private void refuse(Refusal refusal) {
    subscribing.abandon(() -> session.refuse(request.id(), refusal));
  }
}
