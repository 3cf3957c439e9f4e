package dev.carillon.launch;

import dev.carillon.config.Setting;
import dev.carillon.launch.centrifugo.CentrifugoFile;
import dev.carillon.launch.settings.Sources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Option(
      names = "--centrifugo-config",
      paramLabel = "FILE",
      description =
          "Configuration file of Centrifugo 6 (.json, .yaml or .toml), read before the other.")
  private @Nullable Path centrifugoConfig;

  @Option(
      names = "--ignore-unsupported",
      description = "Leaves out what can't be taken over from it, instead of not starting.")
  private boolean ignoreUnsupported;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The sources of this process; {@code more} are options that stand for a key. */
  Sources sources(Map<String, Setting> more) {
    var commandLine = new LinkedHashMap<String, Setting>();
    set.forEach((key, value) -> commandLine.put(key, new Setting(value, "--set")));
    commandLine.putAll(more);
    return new Sources(foreign(), config, System.getenv(), commandLine);
  }

  private @Nullable CentrifugoFile foreign() {
    if (centrifugoConfig != null) {
      return new CentrifugoFile(centrifugoConfig, ignoreUnsupported);
    }
    if (ignoreUnsupported) {
      throw new ParameterException(
          spec.commandLine(), "--ignore-unsupported (expected: together with --centrifugo-config)");
    }
    return null;
  }
}
