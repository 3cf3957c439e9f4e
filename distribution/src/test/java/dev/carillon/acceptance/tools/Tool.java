package dev.carillon.acceptance.tools;

import java.io.IOException;

/** A step that fetches a program, and the one line that is said when that is impossible. */
final class Tool {

  /** Fetches something. */
  @FunctionalInterface
  interface Source<T> {
    T fetch() throws IOException;
  }

  private Tool() {}

  /** Fetches, or fails the test with one line that says what to do. Nothing is ever skipped. */
  static <T> T fetch(String what, String cure, Source<T> source) {
    try {
      return source.fetch();
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot get " + what + ": " + e + " (expected: " + cure + ")", e);
    }
  }
}
