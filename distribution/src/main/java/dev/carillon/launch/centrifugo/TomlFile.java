package dev.carillon.launch.centrifugo;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Settings written in TOML 1.0. Scalars become text; every value remembers its line. */
final class TomlFile {
  private final String label;

  private TomlFile(String label) {
    this.label = label;
  }

  /**
   * The entries of the whole file.
   *
   * @throws ConfigException for the first error in it
   */
  static Map<String, Setting> read(String label, String text) {
    var result = Toml.parse(text);
    for (var error : result.errors()) {
      var place = label + ":" + error.position().line() + ":" + error.position().column();
      throw new ConfigException(place, "syntax", String.valueOf(error.getMessage()), "TOML", null);
    }
    return new TomlFile(label).table(result);
  }

  private Map<String, Setting> table(TomlTable table) {
    var entries = new LinkedHashMap<String, Setting>();
    for (var key : table.keySet()) {
      var path = List.of(key);
      var value = table.get(path);
      if (value != null) {
        entries.put(key, new Setting(value(value), place(table.inputPositionOf(path))));
      }
    }
    return entries;
  }

  private Object value(Object value) {
    if (value instanceof TomlTable table) {
      return table(table);
    }
    if (value instanceof TomlArray array) {
      var elements = new ArrayList<Object>();
      for (int i = 0; i < array.size(); i++) {
        elements.add(value(array.get(i)));
      }
      return List.copyOf(elements);
    }
    return value.toString();
  }

  private String place(@Nullable TomlPosition position) {
    return position == null ? label : label + ":" + position.line();
  }
}
