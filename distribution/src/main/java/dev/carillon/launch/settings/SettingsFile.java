package dev.carillon.launch.settings;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Settings written in YAML 1.2. Every scalar stays the text that was written, because only the
 * option knows its type; every value remembers its line.
 */
public final class SettingsFile {
  private final String label;

  private SettingsFile(String label) {
    this.label = label;
  }

  /**
   * The settings of a file by their whole keys.
   *
   * @throws ConfigException if the file can't be read or is no YAML mapping
   */
  static Map<String, Setting> read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (CharacterCodingException garbled) {
      throw new ConfigException(file.toString(), "file", file.toString(), "UTF-8 text", null);
    } catch (IOException unreadable) {
      throw new ConfigException("--config", "file", file.toString(), "a readable file", null);
    }
  }

  /**
   * The settings of a text by their whole keys.
   *
   * @param label the file's name, for errors and sources
   * @throws ConfigException if it is no YAML mapping
   */
  public static Map<String, Setting> read(String label, String yaml) {
    return new SettingsFile(label).settings(yaml);
  }

  /** A value that was written in YAML outside a file, for example {@code [{name: chat}]}. */
  static Object value(String yaml, String source) {
    var reader = new SettingsFile(source);
    return reader.compose(yaml).map(reader::value).orElse("");
  }

  private Map<String, Setting> settings(String yaml) {
    var settings = new LinkedHashMap<String, Setting>();
    compose(yaml).ifPresent(root -> collect("", root, settings));
    return settings;
  }

  private Optional<Node> compose(String yaml) {
    var rules = LoadSettings.builder().setLabel(label).setSchema(new FailsafeSchema()).build();
    try {
      return new Compose(rules).composeString(yaml);
    } catch (MarkedYamlEngineException broken) {
      var mark = broken.getProblemMark();
      var place =
          mark.map(m -> label + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse(label);
      throw new ConfigException(place, "syntax", broken.getProblem(), "YAML", null);
    } catch (YamlEngineException broken) {
      throw new ConfigException(label, "syntax", String.valueOf(broken.getMessage()), "YAML", null);
    }
  }

  private void collect(String prefix, Node node, Map<String, Setting> settings) {
    if (!(node instanceof MappingNode mapping)) {
      throw new ConfigException(place(node), "syntax", "no mapping", "lines like key: value", null);
    }
    for (var entry : mapping.getValue()) {
      var key = prefix + name(entry.getKeyNode());
      if (entry.getValueNode() instanceof MappingNode below && !below.getValue().isEmpty()) {
        collect(key + ".", below, settings);
      } else {
        var setting = new Setting(value(entry.getValueNode()), place(entry.getKeyNode()));
        put(key, setting, settings);
      }
    }
  }

  private static void put(String key, Setting setting, Map<String, Setting> settings) {
    var earlier = settings.put(key, setting);
    if (earlier != null) {
      throw new ConfigException(
          setting.source(), key, "set twice", "one value; the other: " + earlier.source(), null);
    }
  }

  private Object value(Node node) {
    if (node instanceof SequenceNode sequence) {
      var elements = new ArrayList<Object>();
      sequence.getValue().forEach(element -> elements.add(value(element)));
      return List.copyOf(elements);
    }
    if (node instanceof MappingNode mapping) {
      var element = new LinkedHashMap<String, Setting>();
      for (var entry : mapping.getValue()) {
        var setting = new Setting(value(entry.getValueNode()), place(entry.getKeyNode()));
        put(name(entry.getKeyNode()), setting, element);
      }
      return element;
    }
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.toString();
  }

  private String name(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ConfigException(place(node), "syntax", "a structure as key", "a name", null);
  }

  private String place(Node node) {
    return node.getStartMark().map(mark -> label + ":" + (mark.getLine() + 1)).orElse(label);
  }
}
