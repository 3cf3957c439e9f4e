package dev.carillon.cluster.seal;

import dev.carillon.cluster.Fingerprint;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for the payloads of streams.
 *
 * @param id what tells it from others, and nothing of the key itself
 * @param secret for AES-256
 */
record PayloadKey(String id, SecretKey secret) {

  /** What is expected of its text. */
  static final String FORM =
      "32 bytes in hexadecimal or Base64, for example of: openssl rand -hex 32";

  static final int ID_BYTES = 8;

  private static final int KEY_BYTES = 32;
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * Reads one in hexadecimal or Base64.
   *
   * @throws IllegalArgumentException when it is neither, or not of 32 bytes
   */
  static PayloadKey parse(String text) {
    byte[] bytes =
        HEXADECIMAL.matcher(text).matches()
            ? HexFormat.of().parseHex(text)
            : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes (expected: " + FORM + ")");
    }
    var id = Fingerprint.of(bytes).hex().substring(0, 2 * ID_BYTES);
    var key = new PayloadKey(id, new SecretKeySpec(bytes, "AES"));
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  byte[] idBytes() {
    return HexFormat.of().parseHex(id);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "payload key " + id;
  }
}
