package dev.carillon.launch.settings;

import dev.carillon.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process was given: each later source wins over the earlier ones.
 *
 * @param foreign the file of {@code --centrifugo-config}, or null
 * @param file the file of {@code --config}; null: {@code carillon.yaml} when there is one
 * @param environment the variables of the process
 * @param commandLine {@code --set} and the options that stand for a key
 */
public record Sources(
    @Nullable ForeignFile foreign,
    @Nullable Path file,
    Map<String, String> environment,
    Map<String, Setting> commandLine) {

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
    return new Sources(null, Path.of("/dev/null"), Map.of(), settings);
  }

  /** Whether a setting with this source stands in a variable of the environment. */
  public static boolean isVariable(String source) {
    return source.startsWith(PREFIX);
  }

  /** The configuration files that are used, in the order in which they are read. */
  public List<Path> usedFiles() {
    var used = new ArrayList<Path>();
    if (foreign != null) {
      used.add(foreign.path());
    }
    var own = ownFile();
    if (own != null) {
      used.add(own);
    }
    return List.copyOf(used);
  }

  /** What an operator should know of files that were not taken over as a whole. */
  public List<String> remarks() {
    return foreign == null ? List.of() : foreign.remarks();
  }

  private @Nullable Path ownFile() {
    if (file != null) {
      return file;
    }
    return Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : null;
  }

  /** All settings by their whole keys, the winning ones. */
  Map<String, Setting> settings() {
    var settings = new LinkedHashMap<String, Setting>();
    if (usedFiles().isEmpty()) {
      settings.put("demo.enabled", new Setting("true", "no configuration file"));
    }
    if (foreign != null) {
      settings.putAll(foreign.settings());
    }
    var own = ownFile();
    if (own != null) {
      settings.putAll(SettingsFile.read(own));
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
