package dev.carillon.text;

/**
 * Whether bytes are JSON, strictly by the grammar of RFC 8259 and in UTF-8 without a byte order
 * mark. Whoever puts bytes into a JSON frame relies on this: what passes can't end the frame.
 *
 * <p>Every method takes the index where something must begin and returns the index after it, or
 * {@link #NONE}.
 */
public final class JsonText {

  /**
   * Arrays and objects inside each other. Deeper than any payload in use, and far from what a
   * recursive reader behind us can't take.
   */
  public static final int MAX_DEPTH = 256;

  private static final int NONE = -1;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private JsonText() {}

  /** Exactly one value, with white space round it at most. */
  public static boolean isOneValue(byte[] text) {
    int end = value(text, space(text, 0), 0);
    return end != NONE && space(text, end) == text.length;
  }

  /** Whether one value that is known to be JSON is an object. */
  public static boolean isObject(byte[] value) {
    return byteAt(value, space(value, 0)) == '{';
  }

  private static int value(byte[] text, int at, int depth) {
    return switch (byteAt(text, at)) {
      case '"' -> string(text, at + 1);
      case '{' -> depth == MAX_DEPTH ? NONE : object(text, at + 1, depth + 1);
      case '[' -> depth == MAX_DEPTH ? NONE : array(text, at + 1, depth + 1);
      case 't' -> word(text, at, TRUE);
      case 'f' -> word(text, at, FALSE);
      case 'n' -> word(text, at, NULL);
      default -> number(text, at);
    };
  }

  /** Section 4, from behind the brace. */
  private static int object(byte[] text, int from, int depth) {
    int at = space(text, from);
    if (byteAt(text, at) == '}') {
      return at + 1;
    }
    while (byteAt(text, at) == '"') {
      at = string(text, at + 1);
      if (at == NONE) {
        return NONE;
      }
      at = space(text, at);
      if (byteAt(text, at) != ':') {
        return NONE;
      }
      at = value(text, space(text, at + 1), depth);
      if (at == NONE) {
        return NONE;
      }
      at = space(text, at);
      if (byteAt(text, at) == '}') {
        return at + 1;
      }
      if (byteAt(text, at) != ',') {
        return NONE;
      }
      at = space(text, at + 1);
    }
    return NONE;
  }

  /** Section 5, from behind the bracket. */
  private static int array(byte[] text, int from, int depth) {
    int at = space(text, from);
    if (byteAt(text, at) == ']') {
      return at + 1;
    }
    while (true) {
      at = value(text, at, depth);
      if (at == NONE) {
        return NONE;
      }
      at = space(text, at);
      if (byteAt(text, at) == ']') {
        return at + 1;
      }
      if (byteAt(text, at) != ',') {
        return NONE;
      }
      at = space(text, at + 1);
    }
  }

  /** Section 6. */
  private static int number(byte[] text, int from) {
    int at = byteAt(text, from) == '-' ? from + 1 : from;
    at = byteAt(text, at) == '0' ? at + 1 : digits(text, at);
    if (at != NONE && byteAt(text, at) == '.') {
      at = digits(text, at + 1);
    }
    if (at != NONE && (byteAt(text, at) | 0x20) == 'e') {
      int sign = byteAt(text, at + 1);
      at = digits(text, sign == '+' || sign == '-' ? at + 2 : at + 1);
    }
    return at;
  }

  /** At least one. */
  private static int digits(byte[] text, int from) {
    int at = from;
    while (isDigit(byteAt(text, at))) {
      at++;
    }
    return at == from ? NONE : at;
  }

  /** Section 7, from behind the first quotation mark. */
  private static int string(byte[] text, int from) {
    int at = from;
    while (at != NONE && at < text.length) {
      byte b = text[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\') {
        at = escape(text, at + 1);
      } else if (b < 0) {
        at = Utf8.afterCharacter(text, at, text.length);
      } else if (b < ' ') {
        return NONE;
      } else {
        at++;
      }
    }
    return NONE;
  }

  private static int escape(byte[] text, int at) {
    return switch (byteAt(text, at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> {
        boolean hex = true;
        for (int i = at + 1; i <= at + 4; i++) {
          hex &= Character.digit(byteAt(text, i), 16) >= 0;
        }
        yield hex ? at + 5 : NONE;
      }
      default -> NONE;
    };
  }

  private static int word(byte[] text, int at, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (byteAt(text, at + i) != word[i]) {
        return NONE;
      }
    }
    return at + word.length;
  }

  /** Section 2: there may be some. */
  private static int space(byte[] text, int from) {
    int at = from;
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  /** Nothing of JSON at the end, where there is no byte. */
  private static int byteAt(byte[] text, int at) {
    return at < text.length ? text[at] : 0;
  }
}
