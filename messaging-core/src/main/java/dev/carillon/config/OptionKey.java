package dev.carillon.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A key that can be set, and what is allowed there.
 *
 * @param key the whole key; inside the elements of a list it contains {@code []}
 * @param kind what the value is
 * @param type the component's type; for lists that of the elements
 * @param option default, limits and words
 */
public record OptionKey(String key, Kind kind, Class<?> type, Option option) {

  /** What a value can be. */
  public enum Kind {
    INT,
    LONG,
    BOOLEAN,
    TEXT,
    DURATION,
    CHOICE,
    TEXTS,
    RECORD,
    RECORDS
  }

  /**
   * All keys of an option record, in the order of its components, those of nested records included.
   *
   * @throws IllegalStateException if the record breaks a rule of {@link Option}
   */
  public static List<OptionKey> of(Class<? extends Record> type) {
    return below(prefix(type), type);
  }

  static List<OptionKey> below(String prefix, Class<? extends Record> type) {
    var keys = new ArrayList<OptionKey>();
    collect(prefix, type, keys);
    return List.copyOf(keys);
  }

  /** The section of an option record with its dot, empty for the top level. */
  static String prefix(Class<? extends Record> type) {
    var section = type.getAnnotation(Section.class);
    if (section == null) {
      throw new IllegalStateException(type + " (expected: a record with @Section)");
    }
    return section.value().isEmpty() ? "" : section.value() + ".";
  }

  static OptionKey of(String prefix, RecordComponent component) {
    var option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalStateException(component + " (expected: @Option)");
    }
    var element = element(component);
    return new OptionKey(
        prefix + snakeCase(component.getName()), kind(component, element), element, option);
  }

  /** What is allowed, as a phrase for messages and documents. */
  public String expected() {
    return switch (kind) {
      case INT, LONG -> "a whole number" + range();
      case BOOLEAN -> "true or false";
      case TEXT -> "text";
      case DURATION -> "a duration such as 300ms, 25s or 1h30m" + range();
      case CHOICE -> "one of " + String.join(", ", choices());
      case TEXTS -> "a list of texts";
      case RECORD -> "keys below " + key;
      case RECORDS -> "a list of sections";
    };
  }

  private List<String> choices() {
    var choices = new ArrayList<String>();
    for (var constant : type.getEnumConstants()) {
      choices.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
    }
    return choices;
  }

  private String range() {
    if (option.min().isEmpty() && option.max().isEmpty()) {
      return "";
    }
    if (option.max().isEmpty()) {
      return ", at least " + option.min();
    }
    return option.min().isEmpty()
        ? ", at most " + option.max()
        : " from " + option.min() + " to " + option.max();
  }

  private static void collect(String prefix, Class<?> type, List<OptionKey> keys) {
    for (var component : type.getRecordComponents()) {
      var key = of(prefix, component);
      if (key.kind == Kind.RECORD) {
        collect(key.key + ".", key.type, keys);
        continue;
      }
      keys.add(key);
      if (key.kind == Kind.RECORDS) {
        collect(key.key + "[].", key.type, keys);
      }
    }
  }

  private static Class<?> element(RecordComponent component) {
    if (component.getType() == List.class
        && component.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> element) {
      return element;
    }
    return component.getType();
  }

  private static Kind kind(RecordComponent component, Class<?> element) {
    if (component.getType() == List.class) {
      return element.isRecord() ? Kind.RECORDS : only(Kind.TEXTS, String.class, component, element);
    }
    if (element.isRecord()) {
      return Kind.RECORD;
    }
    if (element.isEnum()) {
      return Kind.CHOICE;
    }
    if (element == int.class) {
      return Kind.INT;
    }
    if (element == long.class) {
      return Kind.LONG;
    }
    if (element == boolean.class) {
      return Kind.BOOLEAN;
    }
    return element == Duration.class
        ? Kind.DURATION
        : only(Kind.TEXT, String.class, component, element);
  }

  private static Kind only(
      Kind kind, Class<?> wanted, RecordComponent component, Class<?> element) {
    if (element != wanted) {
      throw new IllegalStateException(component + " (expected: a type that @Option names)");
    }
    return kind;
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z0-9])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
