package dev.carillon.launch.centrifugo;

import dev.carillon.config.Durations;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An option of Centrifugo.
 *
 * @param key its whole key; {@code []} stands for each element of a list
 * @param initial the value it has there when nobody sets it, as text
 * @param fate what becomes of it
 * @param word our key, the one value, the reason or the feature, as the fate asks for
 */
record ForeignOption(String key, String initial, Fate fate, String word) {
  private static final Pattern DURATION = Pattern.compile("\\d+(ms|s|m|h)");

  /** The key of ours that takes the value. */
  String target() {
    return word.isEmpty() ? key : word;
  }

  /** Whether the value is a duration, written as Go writes it. */
  boolean isDuration() {
    return DURATION.matcher(initial).matches();
  }

  /** Whether a value asks for nothing but what the fate promises anyway. */
  boolean asksForNothing(Object value) {
    return switch (fate) {
      case TAKEN -> value.equals("");
      case ALWAYS -> value.equals(word) || value.equals("");
      case NO_EFFECT -> true;
      case NOT_YET -> isInitial(value);
      case UNSUPPORTED -> false;
    };
  }

  private boolean isInitial(Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty() || list.equals(List.of(initial));
    }
    var text = value.toString();
    if (isDuration() && GoDuration.isOne(text)) {
      return GoDuration.parse(text).equals(Durations.parse(initial));
    }
    return text.isEmpty() || text.equals(initial);
  }
}
