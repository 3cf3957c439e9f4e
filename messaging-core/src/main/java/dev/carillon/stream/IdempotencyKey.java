package dev.carillon.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of the SHA-256 of a publisher's key. Streams remember thousands of keys, so
 * they keep 16 bytes of each; nobody can find a second text with the same ones.
 */
public record IdempotencyKey(long high, long low) {

  /** Stands for a publication without a key, which is never a duplicate. */
  public static final IdempotencyKey NONE = new IdempotencyKey(0, 0);

  public static IdempotencyKey of(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256(text.getBytes(StandardCharsets.UTF_8)));
    return new IdempotencyKey(digest.getLong(), digest.getLong());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("no SHA-256 (expected: in every JDK)", impossible);
    }
  }
}
