package dev.carillon.http;

import java.util.Optional;

/** Names that guests give themselves. */
final class GuestName {

  /** Characters, not bytes. */
  static final int MAX_LENGTH = 32;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private GuestName() {}

  /**
   * The name without control characters and without invisible ones that turn or hide text, so that
   * nobody looks like somebody else. Joiners stay: scripts and emoji need them.
   *
   * @return empty when nothing visible or more than 32 characters are left
   */
  static Optional<String> clean(String wished) {
    String name =
        wished
            .codePoints()
            .filter(GuestName::isAllowed)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    boolean visible = name.codePoints().anyMatch(GuestName::isVisible);
    boolean fits = name.codePointCount(0, name.length()) <= MAX_LENGTH;
    return visible && fits ? Optional.of(name) : Optional.empty();
  }

  private static boolean isAllowed(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          false;
      case Character.FORMAT -> isJoiner(point);
      default -> true;
    };
  }

  private static boolean isVisible(int point) {
    return !Character.isWhitespace(point) && !Character.isSpaceChar(point) && !isJoiner(point);
  }

  private static boolean isJoiner(int point) {
    return point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
  }
}
