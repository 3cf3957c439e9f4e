package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.Reply;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;

/** Connect and refresh: who the client is, and until when (docs/PROTOCOL.md, "Connect"). */
final class Authentication {

  private final Session session;

  Authentication(Session session) {
    this.session = session;
  }

  void connect(ConnectRequest request) {
    ClientOptions options = session.settings().client();
    if (!request.token().isEmpty()) {
      session.effects().verifyConnection(request.token(), answer -> verified(request, answer));
    } else if (options.insecure() || options.allowAnonymousConnectWithoutToken()) {
      accept(request, new ConnectionToken("", Bytes.EMPTY, null));
    } else {
      session.close(Disconnect.BAD_REQUEST);
    }
  }

  private void verified(ConnectRequest request, Verification<ConnectionToken> answer) {
    if (session.isClosed()) {
      return;
    }
    ClientOptions options = session.settings().client();
    if (answer instanceof Verification.Expired) {
      session.refused(request.id(), ErrorCode.TOKEN_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      session.refused(request.id(), ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<ConnectionToken> valid)) {
      session.close(Disconnect.INVALID_TOKEN);
    } else if (valid.token().user().isEmpty() && options.disallowAnonymousConnectionTokens()) {
      session.close(Disconnect.PERMISSION_DENIED);
    } else if (Expiry.isOver(valid.token().validFor())) {
      session.refused(request.id(), ErrorCode.EXPIRED);
    } else {
      accept(request, valid.token());
    }
  }

  private void accept(ConnectRequest request, ConnectionToken token) {
    SessionSettings settings = session.settings();
    Expiry expiry = expiry(token);
    session.connected(token.user(), token.info(), request.name());
    session.renew(expiry);
    session.done(
        new Reply(
            request.id(),
            new ConnectResult(
                session.info().client(),
                settings.version(),
                expiry.ttl(),
                settings.client().pingInterval().toSeconds(),
                true)));
  }

  void refresh(RefreshRequest request) {
    if (request.token().isEmpty()) {
      session.close(Disconnect.BAD_REQUEST);
    } else {
      session.effects().verifyConnection(request.token(), answer -> refreshed(request, answer));
    }
  }

  private void refreshed(RefreshRequest request, Verification<ConnectionToken> answer) {
    if (session.isClosed()) {
      return;
    }
    if (answer instanceof Verification.Expired) {
      session.close(Disconnect.CONNECTION_EXPIRED);
    } else if (answer instanceof Verification.Unknown) {
      session.error(request.id(), ErrorCode.INTERNAL);
    } else if (!(answer instanceof Verification.Valid<ConnectionToken> valid)
        || !valid.token().user().equals(session.info().user())) {
      session.close(Disconnect.INVALID_TOKEN);
    } else if (Expiry.isOver(valid.token().validFor())) {
      session.close(Disconnect.CONNECTION_EXPIRED);
    } else {
      Expiry expiry = expiry(valid.token());
      session.renew(expiry);
      session.show(valid.token().info());
      session.done(new Reply(request.id(), new RefreshResult(expiry.ttl())));
    }
  }

  /** An insecure server checks tokens too, but lets nobody expire. */
  private Expiry expiry(ConnectionToken token) {
    return session.settings().client().insecure()
        ? Expiry.NEVER
        : Expiry.of(token.validFor(), session.now());
  }
}
