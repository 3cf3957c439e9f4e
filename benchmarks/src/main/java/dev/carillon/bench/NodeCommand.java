package dev.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the nodes that are measured are started; a part of every command. */
final class NodeCommand {

  @Option(names = "--carillon", description = "The start script (${DEFAULT-VALUE}).")
  private Path carillon = Path.of("./carillon");

  @Option(names = "--cpus", description = "Processors of the nodes, for taskset; else all.")
  private String cpus = "";

  @Option(names = "--java", description = "Options of the nodes' JVMs (${DEFAULT-VALUE}).")
  private String javaOptions;

  @Option(names = "--set", description = "More settings of the nodes.")
  private List<String> settings = List.of();

  /**
   * @param javaOptions unless others are given
   */
  NodeCommand(String javaOptions) {
    this.javaOptions = javaOptions;
  }

  /**
   * The process to start; what {@code --set} says counts more than these settings.
   *
   * @param state where it keeps its files
   */
  ProcessBuilder process(String name, Path state, List<String> settings) {
    List<String> words = new ArrayList<>();
    if (!cpus.isEmpty()) {
      words.addAll(List.of("taskset", "-c", cpus));
    }
    words.addAll(List.of(carillon.toString(), "start", "--name", name));
    List<String> all = new ArrayList<>(settings);
    all.add("state_dir=" + state);
    all.addAll(this.settings);
    all.forEach(setting -> words.addAll(List.of("--set", setting)));
    var builder = new ProcessBuilder(words);
    builder.environment().put("CARILLON_JAVA_OPTS", javaOptions);
    return builder;
  }
}
