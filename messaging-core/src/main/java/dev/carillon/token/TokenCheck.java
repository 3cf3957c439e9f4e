package dev.carillon.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import dev.carillon.channel.Bytes;
import io.vertx.core.Future;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one set of options demands of a token (RFC 7515, RFC 7519): a signature by one of
 * its keys, the audience, the issuer, the time. May be used from any thread.
 */
final class TokenCheck {

  /** Longer ones are matched against no expression, whose time could explode. */
  private static final int MAX_MATCHED = 1_024;

  private final TokenOptions options;
  private final List<TokenKey> keys = new ArrayList<>();
  private final @Nullable TokenKey previous;
  private final @Nullable JwksEndpoint endpoint;
  private final Jwks jwks;
  private final Predicate<String> audience;
  private final Predicate<String> issuer;

  TokenCheck(TokenOptions options, Jwks jwks) {
    this.options = options;
    this.jwks = jwks;
    if (!options.hmacSecretKey().isEmpty()) {
      keys.add(TokenKey.secret(options.hmacSecretKey()));
    }
    addPublic("RSA", options.rsaPublicKey());
    addPublic("EC", options.ecdsaPublicKey());
    addPublic("Ed25519", options.eddsaPublicKey());
    String old = options.hmacPreviousSecretKey();
    previous = old.isEmpty() ? null : TokenKey.secret(old);
    endpoint = options.jwksPublicEndpoint().isEmpty() ? null : new JwksEndpoint(options);
    audience = matching(options.audience(), options.audienceRegex());
    issuer = matching(options.issuer(), options.issuerRegex());
  }

  private void addPublic(String kind, String pem) {
    if (!pem.isEmpty()) {
      keys.add(TokenKey.of(PublicKeyPem.read(kind, pem)));
    }
  }

  private static Predicate<String> matching(String exact, String regex) {
    if (!regex.isEmpty()) {
      Pattern pattern = TokenOptions.pattern(regex);
      return value -> value.length() <= MAX_MATCHED && pattern.matcher(value).find();
    }
    return value -> exact.isEmpty() || exact.equals(value);
  }

  /**
   * Checks all but the meaning of the claims.
   *
   * @param now seconds since 1970
   */
  Future<Verification<Claims>> check(String token, long now) {
    if (token.length() > options.maxSize()) {
      return invalid("longer than " + options.maxSize() + " bytes");
    }
    try {
      JWSObject signed = JWSObject.parse(token);
      Claims claims = Claims.parse(Bytes.of(signed.getPayload().toBytes()), options.userIdClaim());
      return key(signed, claims, now).map(key -> judged(signed, claims, key, now));
    } catch (ParseException | IOException | IllegalArgumentException malformed) {
      // Messages of the parsers quote the token.
      return invalid("malformed: " + malformed.getClass().getSimpleName());
    }
  }

  /** The outcome of looking for a key: the one that has signed, or why there is none. */
  private record Found(@Nullable TokenKey key, Verification<Claims> otherwise) {}

  private Future<Found> key(JWSObject signed, Claims claims, long now) {
    JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
    boolean known = false;
    for (TokenKey key : keys) {
      known |= key.isFor(algorithm);
      if (key.hasSigned(signed)) {
        return found(key);
      }
    }
    if (previous != null && now < options.hmacPreviousSecretKeyValidUntil()) {
      known |= previous.isFor(algorithm);
      if (previous.hasSigned(signed)) {
        return found(previous);
      }
    }
    if (known) {
      return missing("signed with another key");
    }
    return endpoint == null
        ? missing("signed with an algorithm without a key")
        : published(endpoint, signed, claims);
  }

  private Future<Found> published(JwksEndpoint endpoint, JWSObject signed, Claims claims) {
    String kid = signed.getHeader().getKeyID();
    String url = endpoint.url(claims);
    if (kid == null || url == null) {
      return missing(kid == null ? "without a key id" : "for no known JWK set");
    }
    return jwks.key(url, kid, signed.getHeader().getAlgorithm())
        .map(key -> key != null && key.hasSigned(signed) ? key : null)
        .map(key -> new Found(key, new Verification.Invalid<>("signed with an unknown key")))
        .otherwise(failed -> new Found(null, new Verification.Unknown<>("no JWK set")));
  }

  private Verification<Claims> judged(JWSObject signed, Claims claims, Found found, long now) {
    if (found.key() == null) {
      return found.otherwise();
    }
    boolean heard = options.audience().isEmpty() && options.audienceRegex().isEmpty();
    if (!heard && claims.aud.stream().noneMatch(audience)) {
      return new Verification.Invalid<>("another audience");
    }
    if (!issuer.test(claims.iss)) {
      return new Verification.Invalid<>("another issuer");
    }
    boolean inForce = now >= claims.nbf && (claims.exp == 0 || now < claims.exp);
    return inForce ? new Verification.Valid<>(claims) : new Verification.Expired<>();
  }

  private static Future<Found> found(TokenKey key) {
    return Future.succeededFuture(new Found(key, new Verification.Invalid<>("")));
  }

  private static Future<Found> missing(String why) {
    return Future.succeededFuture(new Found(null, new Verification.Invalid<>(why)));
  }

  private static Future<Verification<Claims>> invalid(String why) {
    return Future.succeededFuture(new Verification.Invalid<>(why));
  }
}
