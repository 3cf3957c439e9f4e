package dev.carillon.launch.centrifugo;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Durations;
import dev.carillon.config.OptionReader;
import dev.carillon.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a configuration of Centrifugo says, in our words.
 *
 * @param engine which of the two sections with Redis counts
 * @param taken what Carillon has, by our keys
 * @param refused what it can't do
 */
record Translation(EngineChoice engine, Map<String, Setting> taken, List<Refusal> refused) {

  /**
   * Translates settings.
   *
   * @param settings keys may be joined by dots or be maps in maps
   * @throws ConfigException for the first key that is in no version of Centrifugo 6
   */
  static Translation of(OptionTable table, Map<String, Setting> settings) {
    var engine = EngineChoice.of(settings);
    var translation = new Translation(engine, new LinkedHashMap<>(), new ArrayList<>());
    translation.section(table, "", settings, translation.taken);
    return translation;
  }

  /** Translates what stands below {@code prefix}; what is taken gets keys relative to a list. */
  private void section(
      OptionTable table, String prefix, Map<?, ?> settings, Map<String, Setting> into) {
    settings.forEach(
        (name, value) -> {
          if (value instanceof Setting setting) {
            entry(table, prefix + name, setting, into);
          }
        });
  }

  private void entry(OptionTable table, String key, Setting setting, Map<String, Setting> into) {
    if (setting.value() instanceof Map<?, ?> below && !below.isEmpty()) {
      section(table, key + ".", below, into);
    } else if (setting.value() instanceof List<?> list && isList(table, key, list)) {
      elements(table, key, new Setting(list, setting.source()), into);
    } else {
      option(table, key, setting, into);
    }
  }

  private static boolean isList(OptionTable table, String key, List<?> list) {
    return table.isSection(key + "[]") && list.stream().allMatch(Map.class::isInstance);
  }

  private void elements(OptionTable table, String key, Setting list, Map<String, Setting> into) {
    var elements = new ArrayList<Map<String, Setting>>();
    for (var element : (List<?>) list.value()) {
      var taken = new LinkedHashMap<String, Setting>();
      section(table, key + "[].", (Map<?, ?>) element, taken);
      if (!taken.isEmpty()) {
        elements.add(taken);
      }
    }
    if (!elements.isEmpty()) {
      into.put(key, new Setting(elements, list.source()));
    }
  }

  private void option(OptionTable table, String key, Setting setting, Map<String, Setting> into) {
    var option = table.find(key);
    if (option == null) {
      if (!isEmpty(setting.value()) || !table.isSection(key)) {
        throw OptionReader.unknown(key, setting, table.keys());
      }
    } else if (engine.counts(key) && !option.asksForNothing(setting.value())) {
      if (option.fate() == Fate.TAKEN && option.takes(setting.value())) {
        var list = key.lastIndexOf("[].");
        var target = list < 0 ? option.target() : key.substring(list + 3);
        into.put(target, new Setting(value(option, setting), setting.source()));
      } else {
        refused.add(Refusal.of(setting.source(), key, option));
      }
    }
  }

  private static Object value(ForeignOption option, Setting setting) {
    var text = setting.value().toString();
    if (!option.isDuration()) {
      return setting.value();
    }
    if (!GoDuration.isOne(text)) {
      var expected = "a duration such as 300ms, 1.5s or 1h30m";
      throw new ConfigException(setting.source(), option.key(), text, expected, null);
    }
    return Durations.format(GoDuration.parse(text));
  }

  private static boolean isEmpty(Object value) {
    return value.equals("")
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }
}
