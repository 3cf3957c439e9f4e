package dev.carillon.text;

/** Whole texts in UTF-8 (RFC 3629, sections 3 and 4). */
public final class Utf8 {

  private Utf8() {}

  public static boolean isValid(byte[] text) {
    return isValid(text, 0, text.length);
  }

  /** Of the bytes from {@code from} up to, not including, {@code end}. */
  public static boolean isValid(byte[] bytes, int from, int end) {
    int at = from;
    while (at >= 0 && at < end) {
      at = bytes[at] >= 0 ? at + 1 : afterCharacter(bytes, at, end);
    }
    return at >= 0;
  }

  /** How many bytes the text takes, without encoding it. */
  public static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Both halves of a surrogate pair together take four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  /** The index after the character of two or more bytes that starts here; -1 if there is none. */
  static int afterCharacter(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return continuations(bytes, at, 2, end);
    }
    // The second byte excludes overlong forms (E0, F0), surrogates (ED), more than U+10FFFF (F4).
    int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
    boolean possible =
        switch (lead) {
          case 0xE0 -> second >= 0xA0;
          case 0xED -> second <= 0x9F;
          case 0xF0 -> second >= 0x90;
          case 0xF4 -> second <= 0x8F;
          default -> lead >= 0xE1 && lead <= 0xF3;
        };
    return possible ? continuations(bytes, at, lead < 0xF0 ? 3 : 4, end) : -1;
  }

  private static int continuations(byte[] bytes, int at, int length, int end) {
    if (at + length > end) {
      return -1;
    }
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }
}
