package dev.carillon.wire;

import dev.carillon.channel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends values to a growing array. Integers are unsigned varints (LEB128) unless said. */
public final class WireWriter {

  private byte[] array;
  private int size;

  public WireWriter(int capacity) {
    array = new byte[Math.max(16, capacity)];
  }

  public WireWriter u8(int value) {
    room(1);
    array[size++] = (byte) value;
    return this;
  }

  public WireWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Non-negative values take 1 to 9 bytes, negative ones 10. */
  public WireWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
    return this;
  }

  /** Eight bytes, big endian. */
  public WireWriter int64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      array[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  public WireWriter bytes(byte[] value) {
    varint(value.length);
    return raw(value);
  }

  private WireWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, array, size, value.length);
    size += value.length;
    return this;
  }

  public WireWriter bytes(Bytes value) {
    return bytes(value.array());
  }

  /** Bytes together with what is known of them: twice their length, plus one if they are JSON. */
  public WireWriter payload(Bytes value) {
    varint(2L * value.length() + (value.isJson() ? 1 : 0));
    return raw(value.array());
  }

  public WireWriter string(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  private void room(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
    }
  }
}
