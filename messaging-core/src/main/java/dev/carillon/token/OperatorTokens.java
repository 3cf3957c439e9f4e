package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.carillon.json.JsonReader;
import dev.carillon.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;

/**
 * The tokens of the console: HS256 (RFC 7519) with an audience of their own, signed with a key that
 * is derived for this purpose alone, so that a client's token is never an operator's, whatever the
 * two secrets are. May be used from any thread; time is an argument, in seconds since 1970.
 */
public final class OperatorTokens {

  private static final String AUDIENCE = "carillon-console";
  private static final int MAX_LENGTH = 1_024;
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final Duration ttl;
  private final Duration sessionMax;
  private final MACSigner signer;
  private final MACVerifier verifier;

  /**
   * @param secret of the cluster
   * @param ttl how long a token is valid
   * @param sessionMax how long after the log-in it can be refreshed
   * @throws IllegalArgumentException when there is no secret
   */
  public OperatorTokens(String secret, Duration ttl, Duration sessionMax) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("admin.secret is empty (expected: a secret)");
    }
    this.ttl = ttl;
    this.sessionMax = sessionMax;
    byte[] key = derive(secret);
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("32 bytes (expected: enough for HS256)", impossible);
    }
  }

  /** Seconds for which a token made now is valid; 0 when the log-in is too long ago. */
  public long validFor(Operator operator, long now) {
    long left = operator.loggedInAt() + sessionMax.toSeconds() - now;
    return Math.max(0, Math.min(ttl.toSeconds(), left));
  }

  public String issue(Operator operator, long now) {
    var claims =
        new JsonWriter()
            .begin('{')
            .name("aud")
            .text(AUDIENCE)
            .name("sub")
            .text(operator.name())
            .name("sid")
            .text(operator.session())
            .name("auth_time")
            .number(operator.loggedInAt())
            .name("iat")
            .number(now)
            .name("exp")
            .number(now + validFor(operator, now))
            .end('}');
    var token = new JWSObject(HEADER, new Payload(claims.toBytes().array()));
    try {
      token.sign(signer);
    } catch (JOSEException broken) {
      throw new IllegalStateException("HS256 (expected: offered by this JVM)", broken);
    }
    return token.serialize();
  }

  /** Whose token this is, unless it is none of ours, or its time is over. */
  public Verification<OperatorToken> verify(String token, long now) {
    if (token.length() > MAX_LENGTH) {
      return new Verification.Invalid<>("longer than " + MAX_LENGTH + " bytes");
    }
    try {
      var signed = JWSObject.parse(token);
      boolean isGenuine =
          signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && signed.verify(verifier);
      return isGenuine
          ? read(signed.getPayload().toBytes(), now)
          : new Verification.Invalid<>("signed with another key");
    } catch (ParseException | JOSEException | IOException | IllegalArgumentException malformed) {
      // Messages of the parsers quote the token.
      return new Verification.Invalid<>("malformed: " + malformed.getClass().getSimpleName());
    }
  }

  private static Verification<OperatorToken> read(byte[] payload, long now) throws IOException {
    String audience = "";
    String name = "";
    String session = "";
    long loggedInAt = 0;
    long end = 0;
    try (var claims = new JsonReader(payload, 0, payload.length)) {
      claims.begin();
      while (claims.nextField()) {
        switch (claims.name()) {
          case "aud" -> audience = claims.text();
          case "sub" -> name = claims.text();
          case "sid" -> session = claims.text();
          case "auth_time" -> loggedInAt = claims.seconds();
          case "exp" -> end = claims.seconds();
          default -> claims.skip();
        }
      }
    }
    if (!audience.equals(AUDIENCE) || session.isEmpty()) {
      return new Verification.Invalid<>("not for the console");
    }
    if (now >= end) {
      return new Verification.Expired<>();
    }
    var operator = new Operator(name, session, loggedInAt);
    return new Verification.Valid<>(new OperatorToken(operator, Duration.ofSeconds(end - now)));
  }

  private static byte[] derive(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((AUDIENCE + "\0").getBytes(StandardCharsets.UTF_8));
      return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 (expected: part of every JVM)", missing);
    }
  }
}
