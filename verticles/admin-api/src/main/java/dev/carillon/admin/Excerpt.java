package dev.carillon.admin;

/**
 * Text that somebody else chose, as it may stand in a line of the log or in an error: short, and
 * without a line break, which would forge lines.
 */
final class Excerpt {

  private static final int LONGEST = 100;

  private Excerpt() {}

  static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
