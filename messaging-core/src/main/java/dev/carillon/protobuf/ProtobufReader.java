package dev.carillon.protobuf;

import dev.carillon.channel.Bytes;
import dev.carillon.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Typed reading of one message, field by field in the order of the wire. A known field must have
 * its type, a number must fit, and a text must be UTF-8; otherwise the message is malformed. Never
 * reads beyond the message and allocates for bytes that are there only, whatever lengths it claims.
 *
 * <p>Source: the encoding page of the Protocol Buffers documentation, protobuf.dev.
 */
public final class ProtobufReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int GROUP = 3;
  private static final int END_OF_GROUP = 4;
  private static final int FIXED_32 = 5;

  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  private final byte[] source;
  private final int end;
  private int at;
  private int field;
  private int type;

  /** Reads a message, or the messages of a frame with {@link #delimited}. */
  public ProtobufReader(byte[] source) {
    this(source, 0, source.length);
  }

  private ProtobufReader(byte[] source, int from, int end) {
    this.source = source;
    this.at = from;
    this.end = end;
  }

  public boolean atEnd() {
    return at == end;
  }

  /** The next message of a frame, which starts with its length. */
  public ProtobufReader delimited() throws ProtobufException {
    int length = length();
    at += length;
    return new ProtobufReader(source, at - length, at);
  }

  /** Moves to the next field, whose value must be read or skipped; false at the end. */
  public boolean next() throws ProtobufException {
    if (at == end) {
      return false;
    }
    long tag = varint();
    require(tag >>> 3 > 0 && tag >= 0 && tag <= UINT32_MAX, "a field with a number");
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    return true;
  }

  /** The number of the current field. */
  public int field() {
    return field;
  }

  /** The value as a message. */
  public ProtobufReader message() throws ProtobufException {
    require(type == LENGTH, "a message");
    return delimited();
  }

  public String text() throws ProtobufException {
    require(type == LENGTH, "text");
    int length = length();
    int from = at;
    at += length;
    require(Utf8.isValid(source, from, at), "text in UTF-8");
    return new String(source, from, length, StandardCharsets.UTF_8);
  }

  /** A copy of the value. */
  public Bytes bytes() throws ProtobufException {
    require(type == LENGTH, "bytes");
    int length = length();
    at += length;
    return Bytes.of(Arrays.copyOfRange(source, at - length, at));
  }

  public boolean flag() throws ProtobufException {
    return int64() != 0;
  }

  public long int64() throws ProtobufException {
    require(type == VARINT, "a whole number");
    return varint();
  }

  /**
   * A number of 64 bits without sign; those over 2^63 - 1, which nobody counts up to, are refused.
   */
  public long uint64() throws ProtobufException {
    long value = int64();
    require(value >= 0, "a number below 2^63");
    return value;
  }

  public long uint32() throws ProtobufException {
    long value = int64();
    require(value >= 0 && value <= UINT32_MAX, "a number of 32 bits");
    return value;
  }

  public int int32() throws ProtobufException {
    long value = int64();
    require(value == (int) value, "a number of 32 bits");
    return (int) value;
  }

  /** Passes over the value of a field that is not known. */
  public void skip() throws ProtobufException {
    int groups = 0;
    do {
      switch (type) {
        case VARINT -> varint();
        case FIXED_64 -> skip(Long.BYTES);
        case LENGTH -> skip(length());
        case FIXED_32 -> skip(Integer.BYTES);
        case GROUP -> groups++;
        case END_OF_GROUP -> groups--;
        default -> throw malformed("a type of the wire");
      }
      require(groups >= 0, "a group before its end");
    } while (groups > 0 && next());
    require(groups == 0, "the end of a group");
  }

  private void skip(int length) throws ProtobufException {
    require(length <= end - at, "a whole value");
    at += length;
  }

  /** A length of bytes that are there. */
  private int length() throws ProtobufException {
    long length = varint();
    require(length >= 0 && length <= end - at, "a length within the message");
    return (int) length;
  }

  /** Seven bits in each byte, the low ones first; the tenth byte has room for one bit only. */
  private long varint() throws ProtobufException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(at < end, "a whole number of the wire");
      byte b = source[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        require(shift < 63 || b <= 1, "a number of 64 bits");
        return value;
      }
    }
    throw malformed("a number of 64 bits");
  }

  private static void require(boolean fulfilled, String expected) throws ProtobufException {
    if (!fulfilled) {
      throw malformed(expected);
    }
  }

  private static ProtobufException malformed(String expected) {
    return new ProtobufException("other Protobuf (expected: " + expected + ")");
  }
}
