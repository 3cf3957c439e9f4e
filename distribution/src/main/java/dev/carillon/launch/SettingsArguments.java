package dev.carillon.launch;

import dev.carillon.config.Setting;
import dev.carillon.launch.settings.Sources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class SettingsArguments {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file (default: carillon.yaml, when there is one).")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one option, as ./carillon config lists them; repeatable.")
  private Map<String, String> set = new LinkedHashMap<>();

  /** The sources of this process; {@code more} are options that stand for a key. */
  Sources sources(Map<String, Setting> more) {
    var commandLine = new LinkedHashMap<String, Setting>();
    set.forEach((key, value) -> commandLine.put(key, new Setting(value, "--set")));
    commandLine.putAll(more);
    return new Sources(config, System.getenv(), commandLine);
  }
}
