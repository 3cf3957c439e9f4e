package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key, and the algorithms that it is used with. They follow from the kind of the key alone, so
 * that a token can't choose one that a key was not made for. May be used from any thread.
 */
record TokenKey(Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {

  private static final Set<JWSAlgorithm> HMAC =
      Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
  private static final Set<JWSAlgorithm> RSA =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);
  private static final Set<JWSAlgorithm> EC =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

  /** RFC 7518, section 3.3. */
  private static final int MIN_RSA_BITS = 2048;

  /**
   * A shared secret. Its length decides how many of the HMAC algorithms it is good for (RFC 7518,
   * section 3.2).
   *
   * @throws IllegalArgumentException if it is shorter than 32 bytes
   */
  static TokenKey secret(String secret) {
    try {
      return of(HMAC, new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("an HMAC secret (expected: 32 bytes or more)", tooShort);
    }
  }

  /**
   * A public key.
   *
   * @throws IllegalArgumentException if it is of another kind than RSA with 2,048 bits or more,
   *     P-256, P-384, P-521 or Ed25519
   */
  static TokenKey of(PublicKey key) {
    try {
      if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
        return of(RSA, new RSASSAVerifier(rsa));
      }
      if (key instanceof ECPublicKey ec) {
        return of(EC, new ECDSAVerifier(ec));
      }
      if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
        return of(Set.of(JWSAlgorithm.EdDSA), new Ed25519(ed));
      }
    } catch (JOSEException otherCurve) {
      throw new IllegalArgumentException("a key on another curve", otherCurve);
    }
    throw new IllegalArgumentException(
        "a key (expected: RSA with 2048 bits or more, P-256, P-384, P-521 or Ed25519)");
  }

  private static TokenKey of(Set<JWSAlgorithm> wanted, JWSVerifier verifier) {
    return new TokenKey(
        verifier.supportedJWSAlgorithms().stream()
            .filter(wanted::contains)
            .collect(Collectors.toUnmodifiableSet()),
        verifier);
  }

  boolean isFor(JWSAlgorithm algorithm) {
    return algorithms.contains(algorithm);
  }

  boolean hasSigned(JWSObject token) {
    try {
      return isFor(token.getHeader().getAlgorithm()) && token.verify(verifier);
    } catch (JOSEException broken) {
      return false;
    }
  }
}
