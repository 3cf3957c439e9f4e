package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.Refusal;
import dev.carillon.protocol.Reply;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import org.jspecify.annotations.Nullable;

/** Connect and refresh: who the client is, and until when (docs/PROTOCOL.md, "Connect"). */
final class Authentication {

  /**
   * Characters of what client software calls itself, for it is chosen by strangers and kept in the
   * cluster's table of sessions; SDKs take two.
   */
  private static final int MAX_SOFTWARE = 64;

  private final Session session;
  private final Subscriptions subscriptions;

  Authentication(Session session, Subscriptions subscriptions) {
    this.session = session;
    this.subscriptions = subscriptions;
  }

  void connect(ConnectRequest request) {
    ClientOptions options = session.settings().client();
    if (!request.token().isEmpty()) {
      session
          .effects()
          .verifyConnection(
              request.token(), session.whileOpen(answer -> verified(request, answer)));
    } else if (!session.info().user().isEmpty()) {
      accept(request, new ConnectionToken(session.info().user(), Bytes.EMPTY, null));
    } else if (options.insecure() || options.allowAnonymousConnectWithoutToken()) {
      accept(request, new ConnectionToken("", Bytes.EMPTY, null));
    } else {
      session.close(Disconnect.BAD_REQUEST);
    }
  }

  private void verified(ConnectRequest request, Verification<ConnectionToken> answer) {
    ClientOptions options = session.settings().client();
    if (answer instanceof Verification.Expired) {
      session.refuseConnect(request.id(), ErrorCode.TOKEN_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      session.refuseConnect(request.id(), ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<ConnectionToken> valid)) {
      session.close(Disconnect.INVALID_TOKEN);
    } else if (valid.token().user().isEmpty() && options.disallowAnonymousConnectionTokens()) {
      session.close(Disconnect.PERMISSION_DENIED);
    } else if (!options.insecure() && Expiry.isOver(valid.token().validFor())) {
      session.refuseConnect(request.id(), ErrorCode.EXPIRED);
    } else {
      accept(request, valid.token());
    }
  }

  private void accept(ConnectRequest request, ConnectionToken token) {
    String software = request.name();
    session.identified(
        token.user(),
        token.info(),
        software.substring(0, Math.min(software.length(), MAX_SOFTWARE)));
    new Connecting(session, subscriptions, request, expiry(token)).start(token);
  }

  void refresh(RefreshRequest request) {
    if (request.token().isEmpty()) {
      session.close(Disconnect.BAD_REQUEST);
    } else {
      session
          .effects()
          .verifyConnection(
              request.token(), session.whileOpen(answer -> refreshed(request, answer)));
    }
  }

  private void refreshed(RefreshRequest request, Verification<ConnectionToken> answer) {
    Refusal refusal = refusal(answer);
    if (refusal != null) {
      session.refuse(request.id(), refusal);
    } else if (answer instanceof Verification.Valid<ConnectionToken> valid) {
      Expiry expiry = expiry(valid.token());
      session.renew(expiry);
      session.show(valid.token().info());
      session.done(new Reply(request.id(), new RefreshResult(expiry.ttl())));
    }
  }

  private @Nullable Refusal refusal(Verification<ConnectionToken> answer) {
    if (answer instanceof Verification.Expired) {
      return Disconnect.CONNECTION_EXPIRED;
    }
    if (answer instanceof Verification.Unknown) {
      return ErrorCode.INTERNAL;
    }
    if (!(answer instanceof Verification.Valid<ConnectionToken> valid)
        || !valid.token().user().equals(session.info().user())) {
      return Disconnect.INVALID_TOKEN;
    }
    ConnectionToken token = valid.token();
    Namespaces namespaces = session.settings().namespaces();
    if (!token.subs().keySet().stream().allMatch(sub -> namespaces.isGrantable(sub, token))) {
      return ErrorCode.UNKNOWN_CHANNEL;
    }
    if (!session.settings().client().insecure() && Expiry.isOver(token.validFor())) {
      return ErrorCode.EXPIRED;
    }
    return subscriptions.differ(token) ? Disconnect.INSUFFICIENT_STATE : null;
  }

  /** An insecure server checks tokens too, but lets nobody expire. */
  private Expiry expiry(ConnectionToken token) {
    return session.settings().client().insecure()
        ? Expiry.NEVER
        : Expiry.of(token.validFor(), session.now());
  }
}
