package dev.carillon.launch.centrifugo;

import dev.carillon.config.Durations;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** Between our key and the one value that it takes. */
  private static final String FOR = " for ";

  /** The key of ours that takes the value. */
  String target() {
    int end = word.indexOf(FOR);
    return word.isEmpty() ? key : end < 0 ? word : word.substring(0, end);
  }

  /** The one value that is taken over beside the default; null: all are. */
  @Nullable String only() {
    int end = word.indexOf(FOR);
    return fate == Fate.TAKEN && end >= 0 ? word.substring(end + FOR.length()) : null;
  }

  /** Whether this value can be taken over, when anything of the option can. */
  boolean takes(Object value) {
    return only() == null || value.equals(only());
  }

  /** Whether the value is a duration, written as Go writes it. */
  boolean isDuration() {
    return DURATION.matcher(initial).matches();
  }

  /** Whether a value asks for nothing but what the fate promises anyway. */
  boolean asksForNothing(Object value) {
    return switch (fate) {
      case TAKEN -> value.equals("") || only() != null && value.equals(initial);
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
