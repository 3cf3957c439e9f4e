package dev.carillon.filter;

/**
 * Decimal numbers as they are written: an optional sign, digits, and optionally a point with at
 * most 19 digits after it; 200 characters at most, no exponent. They are compared as they stand,
 * because every comparison of a filter comes by for every publication.
 */
final class Decimals {

  static final int MAX_LENGTH = 200;
  static final int MAX_FRACTION = 19;

  private Decimals() {}

  static boolean isDecimal(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    int point = point(text);
    int fraction = text.length() - point - 1;
    return areDigits(text, unsigned(text), point)
        && (fraction < 0 || fraction <= MAX_FRACTION && areDigits(text, point + 1, text.length()));
  }

  /** At least one of them. */
  private static boolean areDigits(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return from < end;
  }

  /** Negative, zero or positive as the first is less than, equal to or greater than the second. */
  static int compare(String a, String b) {
    int signOfA = sign(a);
    int signOfB = sign(b);
    return signOfA != signOfB ? signOfA - signOfB : signOfA * compareMagnitudes(a, b);
  }

  private static int sign(String text) {
    for (int i = unsigned(text); i < text.length(); i++) {
      if (text.charAt(i) != '0' && text.charAt(i) != '.') {
        return text.charAt(0) == '-' ? -1 : 1;
      }
    }
    return 0;
  }

  private static int compareMagnitudes(String a, String b) {
    int pointOfA = point(a);
    int pointOfB = point(b);
    int whole = Math.max(pointOfA, pointOfB);
    for (int i = -whole; i <= MAX_FRACTION; i++) {
      int difference = digit(a, pointOfA + i) - digit(b, pointOfB + i);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Its value; 0 for everything that is not a digit of the number. */
  private static int digit(String text, int index) {
    char c = index >= 0 && index < text.length() ? text.charAt(index) : '0';
    return c >= '0' && c <= '9' ? c - '0' : 0;
  }

  /** Where the digits begin. */
  private static int unsigned(String text) {
    return text.startsWith("-") || text.startsWith("+") ? 1 : 0;
  }

  /** Where the whole part ends. */
  private static int point(String text) {
    int point = text.indexOf('.');
    return point < 0 ? text.length() : point;
  }
}
