package dev.carillon.protobuf;

import dev.carillon.channel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes messages straight into one array. Zero values of fields are left out, as proto3 does.
 *
 * <p>The length of a message inside a message comes before it but is known after it: one byte is
 * kept free for it, and a message that needs more is moved. Most messages are short.
 */
public final class ProtobufWriter {

  private static final int VARINT = 0;
  private static final int LENGTH = 2;

  /** Of a number of 64 bits, as bytes. */
  private static final int MAX_VARINT = 10;

  /** A publication of 128 bytes with its frame fits without growing. */
  private byte[] bytes = new byte[256];

  private int length;

  /** What was written so far. */
  public Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  /** Begins a message of a frame, which starts with its length; its fields follow. */
  public int begin() {
    reserve(1);
    return length++;
  }

  /** Begins a message that is the value of the field. */
  public int begin(int field) {
    tag(field, LENGTH);
    return begin();
  }

  /** Ends the message that began there. */
  public ProtobufWriter end(int begin) {
    int size = length - begin - 1;
    int more = varintSize(size) - 1;
    if (more > 0) {
      reserve(more);
      System.arraycopy(bytes, begin + 1, bytes, begin + 1 + more, size);
    }
    length = begin;
    varint(size);
    length += size;
    return this;
  }

  /** A number of any type but sint32, sint64 and fixed ones. */
  public ProtobufWriter number(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  public ProtobufWriter flag(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  public ProtobufWriter bytes(int field, Bytes value) {
    return value.isEmpty() ? this : element(field, value.array());
  }

  public ProtobufWriter text(int field, String value) {
    return value.isEmpty() ? this : element(field, value);
  }

  /** A text that is written even if it is empty: an element of a list or of a map. */
  public ProtobufWriter element(int field, String value) {
    int before = length;
    int size = value.length();
    tag(field, LENGTH);
    varint(size);
    reserve(size);
    for (int i = 0; i < size; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        length = before;
        return element(field, value.getBytes(StandardCharsets.UTF_8));
      }
      bytes[length + i] = (byte) c;
    }
    length += size;
    return this;
  }

  private ProtobufWriter element(int field, byte[] value) {
    tag(field, LENGTH);
    varint(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    reserve(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private static int varintSize(int value) {
    return 1 + (31 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
