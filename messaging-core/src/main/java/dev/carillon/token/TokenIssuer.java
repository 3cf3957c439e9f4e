package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.carillon.channel.Bytes;
import dev.carillon.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Signs HS256 tokens that a {@link JwtVerifier} with the same options accepts. May be used from any
 * thread.
 */
public final class TokenIssuer {

  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final TokenOptions options;
  private final MACSigner signer;

  /**
   * @throws IllegalArgumentException when the options have no secret
   */
  public TokenIssuer(TokenOptions options) {
    this.options = options;
    try {
      signer = new MACSigner(options.hmacSecretKey().getBytes(StandardCharsets.UTF_8));
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException(
          "client.token.hmac_secret_key (expected: 32 bytes or more)", tooShort);
    }
  }

  /**
   * A token to connect with.
   *
   * @param user empty for an anonymous client
   * @param info one JSON value that other clients see; empty for none
   * @param ttl how long it is valid; zero: for ever
   * @param now seconds since 1970
   */
  public String connection(String user, Bytes info, Duration ttl, long now) {
    return sign(claims(user, info, ttl, now));
  }

  /** A token to subscribe to this channel with; everything else as for a connection. */
  public String subscription(String user, String channel, Bytes info, Duration ttl, long now) {
    return sign(claims(user, info, ttl, now).name("channel").text(channel));
  }

  private JsonWriter claims(String user, Bytes info, Duration ttl, long now) {
    var claims = new JsonWriter().begin('{').name(options.userIdClaim()).text(user);
    claims.name("iat").number(now);
    if (!ttl.isZero()) {
      claims.name("exp").number(now + ttl.toSeconds());
    }
    if (!info.isEmpty()) {
      if (!info.isJson()) {
        throw new IllegalArgumentException(info.asUtf8() + " (expected: one JSON value)");
      }
      claims.name("info").raw(info);
    }
    if (!options.audience().isEmpty()) {
      claims.name("aud").text(options.audience());
    }
    if (!options.issuer().isEmpty()) {
      claims.name("iss").text(options.issuer());
    }
    return claims;
  }

  private String sign(JsonWriter claims) {
    var token = new JWSObject(HEADER, new Payload(claims.end('}').toBytes().array()));
    try {
      token.sign(signer);
    } catch (JOSEException broken) {
      throw new IllegalStateException("HS256 (expected: offered by this JVM)", broken);
    }
    return token.serialize();
  }
}
