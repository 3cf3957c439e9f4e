package dev.carillon.launch.settings;

import dev.carillon.config.ConfigException;
import dev.carillon.config.OptionKey;
import dev.carillon.config.OptionReader;
import dev.carillon.config.Section;
import dev.carillon.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The effective configuration of a process: checked as a whole, immutable, every value with the
 * source that set it.
 */
public final class Configuration {
  private static final Setting UNSET = new Setting("", "default");

  private final List<Class<? extends Record>> types;
  private final Map<String, OptionKey> known;
  private final Map<String, Setting> settings;

  private Configuration(List<Class<? extends Record>> types, Map<String, Setting> settings) {
    this.types = types;
    this.known =
        types.stream()
            .flatMap(type -> OptionKey.of(type).stream())
            .collect(
                Collectors.toMap(
                    OptionKey::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    this.settings = settings;
  }

  /**
   * Reads all sources and checks them against every option that the runnable has.
   *
   * @throws ConfigException for the first setting that can't be used
   */
  public static Configuration load(Sources sources) {
    return of(OptionRecords.ALL, sources.settings());
  }

  /** The configuration of these records with these settings, checked. */
  static Configuration of(List<Class<? extends Record>> types, Map<String, Setting> settings) {
    var configuration = new Configuration(types, new LinkedHashMap<>(settings));
    configuration.dropEmptySections();
    configuration.parseStructures();
    configuration.settings.forEach(configuration::requireKnown);
    types.forEach(configuration::options);
    return configuration;
  }

  /** The record with all its keys read; a listener's unset {@code bind} is the global one. */
  public <T extends Record> T options(Class<T> type) {
    var keys = OptionKey.of(type).stream().map(OptionKey::key).toList();
    var section = Objects.requireNonNull(type.getAnnotation(Section.class));
    int prefix = section.value().isEmpty() ? 0 : section.value().length() + 1;
    var own = new LinkedHashMap<String, Setting>();
    for (var key : keys) {
      var setting = setting(key);
      if (setting != UNSET) {
        own.put(key.substring(prefix), setting);
      }
    }
    return OptionReader.read(type, own);
  }

  /** A copy in which one more key is set. */
  public Configuration with(String key, Object value, String source) {
    var more = new LinkedHashMap<>(settings);
    more.put(key, new Setting(value, source));
    return of(types, more);
  }

  /** Whether somebody set the key, so that nothing may choose another value. */
  public boolean isSet(String key) {
    return settings.containsKey(key);
  }

  /** Where the value of the key comes from, for example {@code carillon.yaml:12}. */
  public String source(String key) {
    return setting(key).source();
  }

  /** The value of the key as text, its default when it is not set; secrets included. */
  public String text(String key) {
    var option = known.get(key);
    if (option == null) {
      throw new IllegalArgumentException(key + " (expected: a known key)");
    }
    var setting = setting(key);
    return setting == UNSET ? option.option().value() : written(setting.value());
  }

  /** The value of the key in YAML, on one line. */
  String yaml(String key) {
    var setting = setting(key);
    boolean structured = setting != UNSET && !(setting.value() instanceof String);
    var text = text(key);
    return structured || text.equals("[]") ? text : FlowText.of(text);
  }

  /** A structure as it is written in YAML on one line; a text as it is. */
  private static String written(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Configuration::element).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + element(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return String.valueOf(value);
  }

  private static String element(Object value) {
    if (value instanceof Setting setting) {
      return element(setting.value());
    }
    return value instanceof String text ? FlowText.of(text) : written(value);
  }

  /** All keys that can be set, in the order of the records. */
  public List<OptionKey> keys() {
    return known.values().stream().filter(key -> !key.key().contains("[]")).toList();
  }

  public boolean knows(String key) {
    return known.containsKey(key);
  }

  /** Keys whose values differ. */
  public Set<String> differences(Configuration other) {
    var keys = new TreeSet<>(settings.keySet());
    keys.addAll(other.settings.keySet());
    keys.removeIf(key -> other.text(key).equals(text(key)));
    return keys;
  }

  private Setting setting(String key) {
    var setting = settings.get(key);
    if (setting != null) {
      return setting;
    }
    boolean followsGlobal = key.endsWith("bind") && !key.equals("cluster.bind");
    return followsGlobal ? settings.getOrDefault("bind", UNSET) : UNSET;
  }

  private void requireKnown(String key, Setting setting) {
    if (!known.containsKey(key) || key.contains("[]")) {
      throw OptionReader.unknown(key, setting, keys());
    }
  }

  /** A section without anything below it, as it remains when all its lines are commented out. */
  private void dropEmptySections() {
    settings
        .entrySet()
        .removeIf(
            entry ->
                isEmpty(entry.getValue().value())
                    && known.keySet().stream()
                        .anyMatch(key -> key.startsWith(entry.getKey() + ".")));
  }

  private static boolean isEmpty(Object value) {
    return value.equals("") || value instanceof Map<?, ?> map && map.isEmpty();
  }

  /** Lists that stand in a variable or on the command line are written in YAML. */
  private void parseStructures() {
    settings.replaceAll(
        (key, setting) -> {
          var option = known.get(key);
          boolean structure =
              option != null
                  && setting.value() instanceof String text
                  && option.kind() == OptionKey.Kind.RECORDS
                  && !text.isBlank();
          return structure
              ? new Setting(
                  SettingsFile.value((String) setting.value(), setting.source()), setting.source())
              : setting;
        });
  }
}
