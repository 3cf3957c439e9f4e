package dev.carillon.launch;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.ConfigurationDocument;
import dev.carillon.launch.settings.ConfigurationListing;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the effective configuration. */
@Command(
    name = "config",
    description = "Prints every option with its value, its source and what it does.")
final class ConfigCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Mixin private final SettingsArguments settings = new SettingsArguments();

  @Option(names = "--markdown", description = "Prints docs/CONFIGURATION.md instead.")
  private boolean markdown;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(
        markdown
            ? ConfigurationDocument.markdown()
            : ConfigurationListing.of(
                OwnSecrets.found(Configuration.load(settings.sources(Map.of())))));
    out.flush();
  }
}
