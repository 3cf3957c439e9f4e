package dev.carillon.launch.settings;

import dev.carillon.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process was given: each later source wins over the earlier ones.
 *
 * @param file the file of {@code --config}; null: {@code carillon.yaml} when there is one
 * @param environment the variables of the process
 * @param commandLine {@code --set} and the options that stand for a key
 */
public record Sources(
    @Nullable Path file, Map<String, String> environment, Map<String, Setting> commandLine) {

  private static final String PREFIX = "CARILLON_";

  /** Variables of the start script that are no options. */
  private static final Set<String> SCRIPT = Set.of("CARILLON_HOME", "CARILLON_JAVA_OPTS");

  private static final Path DEFAULT_FILE = Path.of("carillon.yaml");

  public Sources {
    environment = Map.copyOf(environment);
    commandLine = new LinkedHashMap<>(commandLine);
  }

  /** These settings, the defaults, and nothing that lies about. */
  public static Sources only(Map<String, Setting> settings) {
    return new Sources(Path.of("/dev/null"), Map.of(), settings);
  }

  /** The configuration file that is used, or null when there is none. */
  public @Nullable Path usedFile() {
    if (file != null) {
      return file;
    }
    return Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : null;
  }

  /** All settings by their whole keys, the winning ones. */
  Map<String, Setting> settings() {
    var settings = new LinkedHashMap<String, Setting>();
    var used = usedFile();
    if (used == null) {
      settings.put("demo.enabled", new Setting("true", "no configuration file"));
    } else {
      settings.putAll(SettingsFile.read(used));
    }
    environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(PREFIX))
        .filter(variable -> !SCRIPT.contains(variable.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            variable ->
                settings.put(
                    key(variable.getKey()), new Setting(variable.getValue(), variable.getKey())));
    settings.putAll(commandLine);
    return settings;
  }

  /** {@code CARILLON_TCP_ECHO__PORT} sets {@code tcp_echo.port}. */
  private static String key(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace("__", ".");
  }
}
