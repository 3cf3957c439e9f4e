package dev.carillon.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the value of one option from what a source gave, or says what is wrong with it. */
final class OptionValue {
  private OptionValue() {}

  /** The value of a key that is neither a record nor a list of records. */
  static Object convert(OptionKey key, Setting setting) {
    var given = setting.value();
    if (given instanceof Iterable<?> list && key.kind() == OptionKey.Kind.TEXTS) {
      return texts(key, setting, list);
    }
    if (given instanceof Iterable<?> || given instanceof Map<?, ?>) {
      throw refusal(key, setting);
    }
    if (given instanceof Duration duration) {
      return fromText(key, setting, Durations.format(duration));
    }
    if (given instanceof Enum<?> choice) {
      return fromText(key, setting, choice.name().toLowerCase(Locale.ROOT));
    }
    return fromText(key, setting, given.toString());
  }

  /** The exception that names the key, its source and what was expected. */
  static ConfigException refusal(OptionKey key, Setting setting) {
    var shown = key.option().secret() ? "(set)" : String.valueOf(setting.value());
    return new ConfigException(setting.source(), key.key(), shown, key.expected(), null);
  }

  private static Object fromText(OptionKey key, Setting setting, String text) {
    try {
      return switch (key.kind()) {
        case INT -> Math.toIntExact(number(key, text));
        case LONG -> number(key, text);
        case BOOLEAN -> truth(text);
        case TEXT -> text;
        case DURATION -> duration(key, text);
        case CHOICE -> choice(key, text);
        case TEXTS -> texts(text);
        case RECORD, RECORDS -> throw new IllegalArgumentException(text);
      };
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw refusal(key, setting);
    }
  }

  private static long number(OptionKey key, String text) {
    long number = Long.parseLong(text.replace("_", ""));
    var option = key.option();
    if (!option.min().isEmpty() && number < Long.parseLong(option.min())
        || !option.max().isEmpty() && number > Long.parseLong(option.max())) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration duration(OptionKey key, String text) {
    var duration = Durations.parse(text);
    var option = key.option();
    if (!option.min().isEmpty() && duration.compareTo(Durations.parse(option.min())) < 0
        || !option.max().isEmpty() && duration.compareTo(Durations.parse(option.max())) > 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  private static Object choice(OptionKey key, String text) {
    for (var constant : key.type().getEnumConstants()) {
      if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** A list on one line: {@code a, b} or {@code [a, b]}. */
  private static List<String> texts(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    var inside = bracketed ? text.substring(1, text.length() - 1) : text;
    var elements = new ArrayList<String>();
    for (var element : inside.split(",", -1)) {
      if (!element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return List.copyOf(elements);
  }

  private static List<String> texts(OptionKey key, Setting setting, Iterable<?> list) {
    var elements = new ArrayList<String>();
    for (var element : list) {
      if (element == null || element instanceof Iterable<?> || element instanceof Map<?, ?>) {
        throw refusal(key, setting);
      }
      elements.add(element.toString());
    }
    return List.copyOf(elements);
  }
}
