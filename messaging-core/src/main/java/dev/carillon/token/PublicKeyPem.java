package dev.carillon.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Public keys as text (RFC 7468, section 13). */
final class PublicKeyPem {

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----(.+)-----END PUBLIC KEY-----\\s*", Pattern.DOTALL);

  private PublicKeyPem() {}

  /**
   * Reads one key.
   *
   * @param kind RSA, EC or Ed25519
   * @throws IllegalArgumentException if the text is no such key
   */
  static PublicKey read(String kind, String pem) {
    // A line break is often written as \n where a value has one line.
    var found = PEM.matcher(pem.replace("\\n", "\n"));
    if (!found.matches()) {
      throw new IllegalArgumentException("no BEGIN PUBLIC KEY");
    }
    try {
      byte[] key = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(key));
    } catch (GeneralSecurityException other) {
      throw new IllegalArgumentException("not of the kind " + kind, other);
    }
  }
}
