package dev.carillon.session;

/** Sizes of text on the wire. */
final class Utf8 {

  private Utf8() {}

  /** How many bytes the text takes, without encoding it. */
  static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Both halves of a surrogate pair together take four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
