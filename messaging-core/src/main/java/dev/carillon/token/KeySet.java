package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The usable public keys of one JWK set. */
record KeySet(List<Entry> entries) {

  /**
   * What stands before the 32 bytes of an Ed25519 key in its general form (RFC 8410, section 4).
   */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** More keys than any provider has in use at a time. */
  private static final int MAX_KEYS = 100;

  /**
   * @param algorithm the only one that the publisher wants it used with; null: all that it is for
   */
  record Entry(String kid, @Nullable JWSAlgorithm algorithm, TokenKey key) {}

  /**
   * Reads a set; keys that can't be used are passed over.
   *
   * @throws IllegalArgumentException if it is no JWK set
   */
  static KeySet parse(String json) {
    try {
      return new KeySet(
          JWKSet.parse(json).getKeys().stream()
              .limit(MAX_KEYS)
              .map(KeySet::entry)
              .filter(Objects::nonNull)
              .toList());
    } catch (ParseException malformed) {
      throw new IllegalArgumentException("not a JWK set", malformed);
    }
  }

  @Nullable TokenKey key(String kid, JWSAlgorithm algorithm) {
    for (Entry entry : entries) {
      boolean wanted = entry.algorithm() == null || entry.algorithm().equals(algorithm);
      if (entry.kid().equals(kid) && wanted && entry.key().isFor(algorithm)) {
        return entry.key();
      }
    }
    return null;
  }

  private static @Nullable Entry entry(JWK jwk) {
    boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
    if (!signs || jwk.getKeyID() == null) {
      return null;
    }
    try {
      PublicKey key = publicKey(jwk);
      var algorithm =
          jwk.getAlgorithm() == null ? null : JWSAlgorithm.parse(jwk.getAlgorithm().getName());
      return key == null ? null : new Entry(jwk.getKeyID(), algorithm, TokenKey.of(key));
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException unusable) {
      return null;
    }
  }

  private static @Nullable PublicKey publicKey(JWK jwk)
      throws JOSEException, GeneralSecurityException {
    if (jwk instanceof OctetKeyPair pair) {
      return Curve.Ed25519.equals(pair.getCurve()) ? ed25519(pair.getDecodedX()) : null;
    }
    return jwk instanceof AsymmetricJWK asymmetric ? asymmetric.toPublicKey() : null;
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
