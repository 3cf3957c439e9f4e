package dev.carillon.sessions;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any run of characters. Matching takes at most pattern
 * times text steps, whatever the pattern: it comes from outside.
 */
public final class Glob {

  private final String pattern;
  private final boolean exact;

  private Glob(String pattern, boolean exact) {
    this.pattern = pattern;
    this.exact = exact;
  }

  /** Compares characters as they are. */
  public static Glob exact(String pattern) {
    return new Glob(pattern, true);
  }

  /** Compares without case. */
  static Glob ignoringCase(String pattern) {
    return new Glob(pattern.toLowerCase(Locale.ROOT), false);
  }

  /** Whether the whole text fits. */
  public boolean matches(String text) {
    String compared = exact ? text : text.toLowerCase(Locale.ROOT);
    int at = 0;
    int next = 0;
    int star = -1;
    int resume = 0;
    while (at < compared.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        resume = at;
      } else if (next < pattern.length() && pattern.charAt(next) == compared.charAt(at)) {
        next++;
        at++;
      } else if (star >= 0) {
        // Let the last star take one character more; earlier stars never need to change.
        next = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }
}
