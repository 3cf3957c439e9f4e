package dev.carillon.http;

import dev.carillon.limit.Source;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/**
 * Gives guests of the demonstration a token. A guest who shows a valid one stays the same user, and
 * does not count against the limit of its address.
 */
final class GuestTokens {

  /** A name of 32 characters in the longest escapes, and a token of 8 KiB. */
  private static final int MAX_BODY = 16 * 1024;

  private static final String USER_PREFIX = "guest:";
  private static final int USER_BYTES = 9;

  private final GuestAccess access;
  private final SecureRandom random = new SecureRandom();

  GuestTokens(GuestAccess access) {
    this.access = access;
  }

  void handle(RoutingContext routing) {
    if (Answers.isMethod(routing, HttpMethod.POST)) {
      Bodies.read(routing, MAX_BODY).onSuccess(body -> answer(routing, body));
    }
  }

  private void answer(RoutingContext routing, Buffer body) {
    var wish = GuestJson.wish(body);
    if (wish.isEmpty()) {
      refuse(routing, "the body must be an object with a name");
      return;
    }
    var name = GuestName.clean(wish.get().name());
    if (name.isEmpty()) {
      refuse(routing, "the name must have 1 to " + GuestName.MAX_LENGTH + " visible characters");
      return;
    }
    String old = wish.get().token();
    long now = System.currentTimeMillis() / 1000;
    if (old.isEmpty()) {
      welcome(routing, name.get(), now);
    } else {
      access
          .verifier()
          .connection(old, now)
          .onSuccess(outcome -> renew(routing, outcome, name.get(), now));
    }
  }

  private void renew(
      RoutingContext routing, Verification<ConnectionToken> old, String name, long now) {
    if (old instanceof Verification.Valid<ConnectionToken> valid
        && valid.token().user().startsWith(USER_PREFIX)) {
      grant(routing, valid.token().user(), name, now);
    } else {
      refuse(routing, "the token is not valid any more");
    }
  }

  private void welcome(RoutingContext routing, String name, long now) {
    Source address = Source.of(routing.request().remoteAddress().hostAddress());
    access.gate().ask(address).onSuccess(wait -> welcome(routing, name, now, wait));
  }

  private void welcome(RoutingContext routing, String name, long now, Duration wait) {
    if (wait.isZero()) {
      byte[] id = new byte[USER_BYTES];
      random.nextBytes(id);
      String user = USER_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
      grant(routing, user, name, now);
    } else {
      routing
          .response()
          .putHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds() + 1)));
      Answers.json(routing, 429, GuestJson.error("too many guests from your address"));
    }
  }

  private void grant(RoutingContext routing, String user, String name, long now) {
    Duration ttl = access.options().tokenTtl();
    String token = access.issuer().connection(user, GuestJson.info(name), ttl, now);
    Answers.json(routing, 200, GuestJson.granted(token, user, ttl.toSeconds()));
  }

  private static void refuse(RoutingContext routing, String why) {
    Answers.json(routing, 400, GuestJson.error(why));
  }
}
