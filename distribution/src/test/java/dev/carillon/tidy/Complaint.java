package dev.carillon.tidy;

/**
 * One place that breaks a house rule.
 *
 * @param path the file, relative to the root of the repository
 * @param line counted from 1; 0 when the complaint is about the file as a whole
 */
record Complaint(String path, long line, String message, String expected) {

  @Override
  public String toString() {
    return "%s:%d: %s (expected: %s)".formatted(path, line, message, expected);
  }
}
