package dev.carillon.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable run of bytes with value equality: payloads, connection info, encoded frames.
 *
 * <p>The bytes are not copied on the way in or out, because a payload crosses many hands on the hot
 * path. Whoever makes one gives the array away, whoever reads one leaves it as it is.
 */
public final class Bytes {

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps the array without a copy; the caller must not write to it afterwards. */
  public static Bytes of(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  /** The UTF-8 form of the text. */
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves, not a copy: read only. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The bytes read as UTF-8; malformed sequences become U+FFFD. */
  public String asUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** The length only: payloads never reach a log by accident. */
  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
