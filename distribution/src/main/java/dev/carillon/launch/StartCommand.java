package dev.carillon.launch;

import dev.carillon.config.Setting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts one node in this process, which then runs until it is told to end. */
@Command(name = "start", description = "Starts a node.")
final class StartCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Mixin private final SettingsArguments settings = new SettingsArguments();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the node (default: the first free one of n1, n2, …).")
  private @Nullable String name;

  @Option(
      names = "--join",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "Joins the cluster of the nodes with these cluster ports; without a port 5701 is meant.")
  private @Nullable List<String> join;

  @Option(
      names = "--verticles",
      split = ",",
      paramLabel = "VERTICLE",
      description = "Runs only these (default: all).")
  private @Nullable List<String> verticles;

  @Option(
      names = "--rehearse",
      hidden = true,
      paramLabel = "DIRECTORY",
      description = "Starts apart from everything and stops again, so that the JVM knows how.")
  private @Nullable Path rehearse;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    if (rehearse != null) {
      Rehearsal.run(rehearse);
      return;
    }
    new Launch(settings.sources(standIns()), spec.commandLine().getOut()).run();
  }

  /** Options of the command that stand for a key. */
  private Map<String, Setting> standIns() {
    var standIns = new LinkedHashMap<String, Setting>();
    put(standIns, "node.name", name, "--name");
    put(standIns, "cluster.join", join, "--join");
    put(standIns, "node.verticles", verticles, "--verticles");
    return standIns;
  }

  private static void put(
      Map<String, Setting> standIns, String key, @Nullable Object value, String option) {
    if (value != null) {
      standIns.put(key, new Setting(value, option));
    }
  }
}
