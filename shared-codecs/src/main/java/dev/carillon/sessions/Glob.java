package dev.carillon.sessions;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any run of characters, compared without case. Matching
 * takes at most pattern times text steps, whatever the pattern: it comes from outside.
 */
final class Glob {

  private final String pattern;

  Glob(String pattern) {
    this.pattern = pattern.toLowerCase(Locale.ROOT);
  }

  /** Whether the whole text fits. */
  boolean matches(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = 0;
    int next = 0;
    int star = -1;
    int resume = 0;
    while (at < lower.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        resume = at;
      } else if (next < pattern.length() && pattern.charAt(next) == lower.charAt(at)) {
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
