package dev.carillon.json;

import dev.carillon.channel.Bytes;
import java.util.Arrays;

/**
 * Writes one JSON text as UTF-8, without a newline in it, because newlines separate replies.
 * Members are separated by looking at the byte before.
 */
public final class JsonWriter {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** A publication of 128 bytes with its frame fits without growing. */
  private byte[] bytes = new byte[256];

  private int length;

  /** What was written so far. */
  public Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  /** Opens an object or array. */
  public JsonWriter begin(char bracket) {
    separate();
    return one(bracket);
  }

  /** Closes it. */
  public JsonWriter end(char bracket) {
    return one(bracket);
  }

  /** The name of a member; its value must follow. */
  public JsonWriter name(String name) {
    return text(name).one(':');
  }

  public JsonWriter number(long value) {
    separate();
    String digits = Long.toString(value);
    reserve(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      bytes[length++] = (byte) digits.charAt(i);
    }
    return this;
  }

  public JsonWriter flag(boolean value) {
    separate();
    return raw(value ? "true" : "false");
  }

  /**
   * Embeds a JSON value byte for byte, but newlines, which JSON has between tokens only.
   *
   * @throws IllegalArgumentException if it is none, because it could end what it is embedded in
   */
  public JsonWriter raw(Bytes value) {
    if (!value.isJson()) {
      throw new IllegalArgumentException(value + " (expected: one JSON value)");
    }
    separate();
    byte[] source = value.array();
    reserve(source.length);
    byte[] target = bytes;
    int at = length;
    for (byte b : source) {
      if (b != '\n') {
        target[at++] = b;
      }
    }
    length = at;
    return this;
  }

  /** A string; half surrogate pairs, which UTF-8 can't express, are escaped. */
  public JsonWriter text(String value) {
    separate();
    int size = value.length();
    reserve(size + 2);
    one('"');
    byte[] target = bytes;
    int at = length;
    int i = 0;
    while (i < size && isPlain(value.charAt(i))) {
      target[at++] = (byte) value.charAt(i++);
    }
    length = at;
    rest(value, i);
    return one('"');
  }

  /** Almost every name and text is nothing but these, which stand for themselves. */
  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  private void rest(String value, int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        supplementary(Character.toCodePoint(c, value.charAt(++i)));
      } else {
        character(c);
      }
    }
  }

  /** A string with this text, which is valid UTF-8; it reads back as the same bytes. */
  public JsonWriter text(Bytes utf8) {
    separate();
    byte[] source = utf8.array();
    reserve(source.length + 2);
    one('"');
    for (byte b : source) {
      if (b >= 0) {
        character((char) b);
      } else {
        octet(b);
      }
    }
    return one('"');
  }

  private void character(char c) {
    if (c == '"' || c == '\\') {
      one('\\').one(c);
    } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
      escape(c);
    } else if (c < 0x80) {
      one(c);
    } else if (c < 0x800) {
      octet(0xC0 | c >> 6).octet(0x80 | c & 0x3F);
    } else {
      octet(0xE0 | c >> 12).octet(0x80 | c >> 6 & 0x3F).octet(0x80 | c & 0x3F);
    }
  }

  private void supplementary(int point) {
    octet(0xF0 | point >> 18).octet(0x80 | point >> 12 & 0x3F);
    octet(0x80 | point >> 6 & 0x3F).octet(0x80 | point & 0x3F);
  }

  private void escape(char c) {
    one('\\');
    switch (c) {
      case '\n' -> one('n');
      case '\r' -> one('r');
      case '\t' -> one('t');
      default -> hexadecimal(c);
    }
  }

  private void hexadecimal(char c) {
    one('u');
    octet(HEX[c >> 12]).octet(HEX[c >> 8 & 0xF]).octet(HEX[c >> 4 & 0xF]).octet(HEX[c & 0xF]);
  }

  private void separate() {
    byte before = length == 0 ? (byte) '{' : bytes[length - 1];
    if (before != '{' && before != '[' && before != ':') {
      one(',');
    }
  }

  private JsonWriter raw(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      one(ascii.charAt(i));
    }
    return this;
  }

  private JsonWriter one(char ascii) {
    return octet(ascii);
  }

  private JsonWriter octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
