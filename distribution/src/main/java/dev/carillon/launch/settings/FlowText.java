package dev.carillon.launch.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** A text as it is written in YAML 1.2, on one line, also inside of a list. */
final class FlowText {
  /** Nothing in it means anything to YAML: a colon does only before a space or at the end. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9._/+][A-Za-z0-9._/+-]*(:[A-Za-z0-9._/+-]+)*");

  private FlowText() {}

  /** As it is where that is safe, else in double quotes (section 7.3.1). */
  static String of(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    text.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    if (point == '"' || point == '\\') {
      quoted.append('\\').appendCodePoint(point);
    } else if (Character.isISOControl(point)) {
      quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
    } else {
      quoted.appendCodePoint(point);
    }
  }
}
