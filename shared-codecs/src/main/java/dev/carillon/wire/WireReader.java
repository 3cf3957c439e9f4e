package dev.carillon.wire;

import dev.carillon.channel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link WireWriter} wrote. Every read is bounded; too few bytes throw. */
public final class WireReader {

  private final byte[] array;
  private final int end;
  private int position;

  public WireReader(byte[] array) {
    this(array, 0, array.length);
  }

  public WireReader(byte[] array, int from, int to) {
    this.array = array;
    this.position = from;
    this.end = to;
  }

  public int u8() {
    need(1);
    return array[position++] & 0xFF;
  }

  public boolean bool() {
    return u8() != 0;
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = u8();
      value |= (long) (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    throw new WireException("varint of more than 10 bytes");
  }

  /** A varint used as a count or length: never more than the bytes that are left. */
  public int count() {
    return count(varint());
  }

  private int count(long value) {
    if (value < 0 || value > end - position) {
      throw new WireException("count " + value + " (expected: at most " + (end - position) + ")");
    }
    return (int) value;
  }

  public int int32() {
    long value = varint();
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new WireException(value + " (expected: a 32-bit number)");
    }
    return (int) value;
  }

  public long int64() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (array[position++] & 0xFF);
    }
    return value;
  }

  public byte[] byteArray() {
    return byteArray(count());
  }

  private byte[] byteArray(int length) {
    byte[] value = Arrays.copyOfRange(array, position, position + length);
    position += length;
    return value;
  }

  public Bytes bytes() {
    return Bytes.of(byteArray());
  }

  public Bytes payload() {
    long lengthAndKind = varint();
    return Bytes.of(byteArray(count(lengthAndKind >>> 1)), (lengthAndKind & 1) == 1);
  }

  public String string() {
    int length = count();
    if (length == 0) {
      return "";
    }
    String value = new String(array, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  public int remaining() {
    return end - position;
  }

  private void need(int bytes) {
    if (end - position < bytes) {
      throw new WireException("truncated at byte " + position + " (expected: " + bytes + " more)");
    }
  }
}
