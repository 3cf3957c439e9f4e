package dev.carillon.token;

import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.port.SteadyTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks JSON Web Tokens with the keys of the configuration (docs/PROTOCOL.md, "Tokens"). */
public final class JwtVerifier implements TokenVerifier {

  private final TokenCheck connections;
  private final TokenCheck subscriptions;

  /**
   * @param connections for connection tokens, and for subscription tokens too if {@code
   *     subscriptions} has no key
   */
  public JwtVerifier(Vertx vertx, TokenOptions connections, TokenOptions subscriptions) {
    this.connections = check(vertx, connections);
    this.subscriptions = subscriptions.hasKeys() ? check(vertx, subscriptions) : this.connections;
  }

  /** The same options for both. */
  public JwtVerifier(Vertx vertx, TokenOptions options) {
    this(vertx, options, options);
  }

  private static TokenCheck check(Vertx vertx, TokenOptions options) {
    var documents = new HttpDocuments(vertx, options.jwksTimeout());
    var timers = new Jwks.Timers(options.jwksCacheTtl(), options.jwksMinRefresh());
    return new TokenCheck(options, new Jwks(vertx, documents::read, timers, SteadyTime::millis));
  }

  @Override
  public Future<Verification<ConnectionToken>> connection(String token, long now) {
    return connections
        .check(token, now)
        .map(checked -> checked.then(claims -> connection(claims, now)));
  }

  private static Verification<ConnectionToken> connection(Claims claims, long now) {
    if (!claims.channel.isEmpty()) {
      return new Verification.Invalid<>("a subscription token");
    }
    return new Verification.Valid<>(
        new ConnectionToken(
            claims.sub, claims.info.bytes(), validFor(claims, now), claims.subs(), claims.meta));
  }

  @Override
  public Future<Verification<SubscriptionToken>> subscription(String token, long now) {
    return subscriptions
        .check(token, now)
        .map(checked -> checked.then(claims -> subscription(claims, now)));
  }

  private static Verification<SubscriptionToken> subscription(Claims claims, long now) {
    if (claims.channel.isEmpty()) {
      return new Verification.Invalid<>("no claim channel");
    }
    return new Verification.Valid<>(
        new SubscriptionToken(
            claims.sub,
            claims.channel,
            claims.client,
            new SubscriptionGrant(claims.info.bytes(), claims.data.bytes(), claims.override),
            validFor(claims, now)));
  }

  /** The claim {@code expire_at} takes the place of {@code exp}; 0 there means never. */
  private static @Nullable Duration validFor(Claims claims, long now) {
    long end = claims.expireAt == null ? claims.exp : claims.expireAt;
    return end == 0 ? null : Duration.ofSeconds(end - now);
  }
}
