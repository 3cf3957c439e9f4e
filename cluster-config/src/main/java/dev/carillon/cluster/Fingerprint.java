package dev.carillon.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether two nodes have the same secret without telling the secret: HMAC-SHA256 (RFC 2104)
 * of a fixed label under it, in hexadecimal.
 */
public record Fingerprint(String hex) {

  private static final byte[] LABEL =
      "carillon: members share this secret".getBytes(StandardCharsets.US_ASCII);

  /** The fingerprint of a key; the key itself is not kept. */
  public static Fingerprint of(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new Fingerprint(HexFormat.of().formatHex(mac.doFinal(LABEL)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HmacSHA256 (expected: in every JDK)", impossible);
    }
  }

  /** The first eight digits: enough to see that two differ. */
  String shortened() {
    return hex.substring(0, 8);
  }

  @Override
  public String toString() {
    return hex;
  }
}
