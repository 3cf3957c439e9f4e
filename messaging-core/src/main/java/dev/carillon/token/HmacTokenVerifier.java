package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.carillon.channel.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks HS256 tokens (RFC 7515, RFC 7519). The algorithm is fixed here and not taken from the
 * token; the signature is compared in constant time by the library.
 */
public final class HmacTokenVerifier implements TokenVerifier {

  private final TokenOptions options;
  private final @Nullable MACVerifier verifier;

  public HmacTokenVerifier(TokenOptions options) {
    this.options = options;
    String secret = options.hmacSecretKey();
    try {
      verifier = secret.isEmpty() ? null : new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("HMAC secret (expected: 32 bytes or more)", tooShort);
    }
  }

  @Override
  public Verification<ConnectionToken> connection(String token, long now) {
    return verify(token, now, claims -> connection(claims, now));
  }

  private static Verification<ConnectionToken> connection(Claims claims, long now) {
    if (claims.channel != null) {
      return new Verification.Invalid<>("a subscription token");
    }
    return new Verification.Valid<>(
        new ConnectionToken(claims.sub, claims.info, validFor(claims, now)));
  }

  @Override
  public Verification<SubscriptionToken> subscription(String token, long now) {
    return verify(token, now, claims -> subscription(claims, now));
  }

  private static Verification<SubscriptionToken> subscription(Claims claims, long now) {
    if (claims.channel == null) {
      return new Verification.Invalid<>("no claim channel");
    }
    return new Verification.Valid<>(
        new SubscriptionToken(
            claims.sub, claims.channel, claims.client, claims.info, validFor(claims, now)));
  }

  private <T> Verification<T> verify(
      String token, long now, Function<Claims, Verification<T>> meaning) {
    try {
      Bytes payload = payload(token);
      if (payload == null) {
        return new Verification.Invalid<>("not signed by us with HS256");
      }
      Claims claims = Claims.parse(payload);
      String mismatch = mismatch(claims);
      if (mismatch != null) {
        return new Verification.Invalid<>(mismatch);
      }
      boolean inForce = now >= claims.nbf && (claims.exp == 0 || now < claims.exp);
      return inForce ? meaning.apply(claims) : new Verification.Expired<>();
    } catch (ParseException | JOSEException | IOException | IllegalArgumentException malformed) {
      // Messages of the parsers quote the token.
      return new Verification.Invalid<>("malformed: " + malformed.getClass().getSimpleName());
    }
  }

  /** The claims as they were signed, or null when they were not. */
  private @Nullable Bytes payload(String token) throws ParseException, JOSEException {
    if (verifier == null || token.length() > options.maxSize()) {
      return null;
    }
    var signed = JWSObject.parse(token);
    boolean genuine =
        signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && signed.verify(verifier);
    return genuine ? Bytes.of(signed.getPayload().toBytes()) : null;
  }

  private @Nullable String mismatch(Claims claims) {
    if (!options.audience().isEmpty() && !claims.aud.contains(options.audience())) {
      return "another audience";
    }
    if (!options.issuer().isEmpty() && !options.issuer().equals(claims.iss)) {
      return "another issuer";
    }
    return null;
  }

  /** The claim {@code expire_at} takes the place of {@code exp}; 0 there means never. */
  private static @Nullable Duration validFor(Claims claims, long now) {
    long end = claims.expireAt == null ? claims.exp : claims.expireAt;
    return end == 0 ? null : Duration.ofSeconds(end - now);
  }
}
