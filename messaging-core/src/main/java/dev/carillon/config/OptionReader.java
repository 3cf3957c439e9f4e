package dev.carillon.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes option records from keys.
 *
 * <p>Keys are relative to the record's section, in snake_case; those of nested records are either
 * joined by dots or nested maps. Values are text as in YAML or values of the component's own type;
 * a {@link Setting} round a value tells where it came from. Stateless, callable from any thread.
 */
public final class OptionReader {
  /** A misspelt secret is still a secret. */
  private static final Pattern SECRET_NAME =
      Pattern.compile("secret|passw|token|key", Pattern.CASE_INSENSITIVE);

  private OptionReader() {}

  /** A record in which every option has its default. */
  public static <T extends Record> T defaults(Class<T> type) {
    return read(type, Map.of());
  }

  /**
   * A record in which the given keys are set and all others have their default.
   *
   * @throws ConfigException for an unknown key, a wrong type, or a value out of range
   * @throws IllegalStateException if the record breaks a rule of {@link Option}
   */
  public static <T extends Record> T read(Class<T> type, Map<String, ?> overrides) {
    return record(type, OptionKey.prefix(type), flat(overrides));
  }

  /** Joins the keys of nested maps with dots and gives every value its source. */
  public static Map<String, Setting> flat(Map<String, ?> tree) {
    var settings = new LinkedHashMap<String, Setting>();
    tree.forEach((key, value) -> flatten(key, setting(value, ""), settings));
    return settings;
  }

  private static void flatten(String key, Setting setting, Map<String, Setting> settings) {
    if (setting.value() instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> flatten(key + "." + name, setting(value, setting.source()), settings));
    } else {
      settings.put(key, setting);
    }
  }

  private static Setting setting(Object value, String source) {
    return value instanceof Setting setting ? setting : new Setting(value, source);
  }

  private static <T extends Record> T record(
      Class<T> type, String prefix, Map<String, Setting> given) {
    var left = new LinkedHashMap<>(given);
    var known = new ArrayList<OptionKey>();
    var components = type.getRecordComponents();
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(OptionKey.of(prefix, components[i]), prefix, left, known);
    }
    for (var unknown : left.entrySet()) {
      throw unknown(prefix + unknown.getKey(), unknown.getValue(), known);
    }
    return construct(type, values, prefix, given);
  }

  /** The value of one component; its keys move from those that are left to the known ones. */
  private static Object component(
      OptionKey key, String prefix, Map<String, Setting> left, List<OptionKey> known) {
    var name = key.key().substring(prefix.length());
    if (key.kind() == OptionKey.Kind.RECORD) {
      var type = key.type().asSubclass(Record.class);
      known.addAll(OptionKey.below(key.key() + ".", type));
      return record(type, key.key() + ".", take(name + ".", left));
    }
    known.add(key);
    var setting = left.remove(name);
    var used = setting == null ? new Setting(key.option().value(), "default") : setting;
    return key.kind() == OptionKey.Kind.RECORDS
        ? records(key, used)
        : OptionValue.convert(key, used);
  }

  private static Map<String, Setting> take(String prefix, Map<String, Setting> left) {
    var taken = new LinkedHashMap<String, Setting>();
    left.forEach(
        (key, setting) -> {
          if (key.startsWith(prefix)) {
            taken.put(key.substring(prefix.length()), setting);
          }
        });
    taken.keySet().forEach(key -> left.remove(prefix + key));
    return taken;
  }

  private static List<Object> records(OptionKey key, Setting setting) {
    if (setting.value() instanceof String text && (text.isEmpty() || text.equals("[]"))) {
      return List.of();
    }
    if (!(setting.value() instanceof Iterable<?> elements)) {
      throw OptionValue.refusal(key, setting);
    }
    var records = new ArrayList<Object>();
    for (var element : elements) {
      records.add(element(key, key.key() + "[" + records.size() + "].", element, setting));
    }
    return List.copyOf(records);
  }

  private static Object element(OptionKey key, String prefix, Object element, Setting setting) {
    var unwrapped = setting(element, setting.source());
    if (key.type().isInstance(unwrapped.value())) {
      return unwrapped.value();
    }
    if (!(unwrapped.value() instanceof Map<?, ?> map)) {
      throw OptionValue.refusal(key, unwrapped);
    }
    var settings = new LinkedHashMap<String, Setting>();
    map.forEach(
        (name, value) ->
            flatten(String.valueOf(name), setting(value, unwrapped.source()), settings));
    return record(key.type().asSubclass(Record.class), prefix, settings);
  }

  /** What to throw for a key that none of the known ones is. */
  public static ConfigException unknown(String key, Setting setting, List<OptionKey> known) {
    var nearest = KeyDistance.nearest(key, known.stream().map(OptionKey::key).toList());
    boolean secret = known.stream().anyMatch(k -> k.option().secret() && k.key().equals(nearest));
    return unknown(key, setting, nearest, secret);
  }

  /** The same where only the names of the known keys are at hand. */
  public static ConfigException unknown(String key, Setting setting, Collection<String> known) {
    var nearest = KeyDistance.nearest(key, known);
    boolean secret = nearest != null && SECRET_NAME.matcher(nearest).find();
    return unknown(key, setting, nearest, secret);
  }

  private static ConfigException unknown(
      String key, Setting setting, @Nullable String nearest, boolean secret) {
    boolean hidden = secret || SECRET_NAME.matcher(key).find();
    var shown = hidden ? "(set)" : String.valueOf(setting.value());
    var meant = nearest != null && KeyDistance.isSlip(key, nearest) ? nearest : null;
    return new ConfigException(setting.source(), key, shown, "a known key", meant);
  }

  private static <T extends Record> T construct(
      Class<T> type, Object[] values, String prefix, Map<String, Setting> given) {
    var parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw complete(refused.getTargetException(), prefix, given);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(type + " (expected: a record that can be made)", broken);
    }
  }

  /** A record's own check knows the component's name only; the rest is known here. */
  private static RuntimeException complete(
      Throwable cause, String prefix, Map<String, Setting> given) {
    if (cause instanceof ConfigException refused && refused.source().isEmpty()) {
      var setting = given.get(refused.key());
      return new ConfigException(
          setting == null ? "default" : setting.source(),
          prefix + refused.key(),
          refused.value(),
          refused.expected(),
          null);
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(String.valueOf(cause.getMessage()), cause);
  }
}
