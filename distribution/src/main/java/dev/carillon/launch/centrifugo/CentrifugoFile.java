package dev.carillon.launch.centrifugo;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import dev.carillon.launch.settings.ForeignFile;
import dev.carillon.launch.settings.SettingsFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A configuration file of Centrifugo 6, read as settings of Carillon. docs/CENTRIFUGO-CONFIG.md
 * says what becomes of which option.
 *
 * @param path the file; its name ends in {@code .json}, {@code .yaml}, {@code .yml} or {@code
 *     .toml}
 * @param ignoreUnsupported whether options that can't be taken over are left out instead of
 *     refused; misspelt ones are refused in any case
 */
public record CentrifugoFile(Path path, boolean ignoreUnsupported) implements ForeignFile {
  private static final String OPTION = "--centrifugo-config";

  /**
   * What was taken over, by our keys.
   *
   * @throws ConfigException if the file can't be read or has an option that nobody knows
   * @throws ImportException for options of features that Carillon does not have, all of them
   */
  @Override
  public Map<String, Setting> settings() {
    var translation = translation();
    if (!ignoreUnsupported && !translation.refused().isEmpty()) {
      throw new ImportException(path.toString(), translation.refused());
    }
    return Adjustments.of(translation.taken());
  }

  /** A line for each option that is left out. */
  @Override
  public List<String> remarks() {
    return translation().refused().stream().map(refusal -> "ignored: " + refusal.line()).toList();
  }

  private Translation translation() {
    return Translation.of(OptionTable.load(), read());
  }

  private Map<String, Setting> read() {
    var name = path.toString();
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return SettingsFile.read(name, text());
    }
    if (lower.endsWith(".json")) {
      return JsonFile.read(name, text());
    }
    if (lower.endsWith(".toml")) {
      return TomlFile.read(name, text());
    }
    throw new ConfigException(OPTION, "file", name, ".json, .yaml, .yml or .toml", null);
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException garbled) {
      throw new ConfigException(OPTION, "file", path.toString(), "UTF-8 text", null);
    } catch (IOException unreadable) {
      throw new ConfigException(OPTION, "file", path.toString(), "a readable file", null);
    }
  }
}
