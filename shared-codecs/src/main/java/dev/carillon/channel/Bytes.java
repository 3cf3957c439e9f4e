package dev.carillon.channel;

import dev.carillon.text.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable run of bytes with value equality: payloads, connection info, encoded frames.
 *
 * <p>The bytes are not copied on the way in or out, because a payload crosses many hands on the hot
 * path. Whoever makes one gives the array away, whoever reads one leaves it as it is.
 *
 * <p>They know whether they are JSON, which decides whether they may be put into a JSON frame: told
 * by who took them from one, carried along between nodes, or found out once.
 */
public final class Bytes {

  private static final byte UNKNOWN = 0;
  private static final byte JSON = 1;
  private static final byte FOREIGN = 2;

  public static final Bytes EMPTY = new Bytes(new byte[0], FOREIGN);

  private final byte[] array;

  // Found out from the array alone, so that threads which do it at the same moment write the same.
  private byte kind;

  private Bytes(byte[] array, byte kind) {
    this.array = array;
    this.kind = kind;
  }

  /** Wraps the array without a copy; the caller must not write to it afterwards. */
  public static Bytes of(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, UNKNOWN);
  }

  /**
   * Wraps an array of which is known whether it is exactly one JSON value, so that nobody has to
   * look again.
   */
  public static Bytes of(byte[] array, boolean json) {
    return array.length == 0 ? EMPTY : new Bytes(array, json ? JSON : FOREIGN);
  }

  /** The UTF-8 form of the text. */
  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All of them in their order, with the separator between each two. */
  public static Bytes join(List<Bytes> parts, Bytes separator) {
    int length = separator.length() * Math.max(0, parts.size() - 1);
    for (Bytes part : parts) {
      length += part.length();
    }
    var joined = ByteBuffer.allocate(length);
    for (Bytes part : parts) {
      if (joined.position() > 0) {
        joined.put(separator.array);
      }
      joined.put(part.array);
    }
    return of(joined.array());
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

  /** Whether they are exactly one JSON value (RFC 8259); the absence of a value is none. */
  public boolean isJson() {
    if (kind == UNKNOWN) {
      kind = JsonText.isOneValue(array) ? JSON : FOREIGN;
    }
    return kind == JSON;
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
