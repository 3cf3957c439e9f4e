package dev.carillon.chaos;

import dev.carillon.chaos.check.Verdict;
import dev.carillon.chaos.history.History;
import dev.carillon.chaos.lab.Fault;
import dev.carillon.chaos.lab.LabException;
import dev.carillon.chaos.lab.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./carillon chaos}. */
@Command(
    name = "./carillon chaos",
    sortOptions = false,
    description =
        "Runs a cluster of real processes, breaks it by a seed, and checks that nothing that was"
            + " acknowledged is lost, doubled, or silently missing (chaos/README.md).",
    footer = {
      "",
      "Exit codes: 0 when all invariants hold, 1 when one does not, 2 for wrong",
      "arguments, 3 when this machine does not permit what the faults need."
    })
public final class Chaos implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int NOT_PERMITTED = 3;
  private static final int SHOWN = 10;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long faults go on; start and checks come on top (default: 5).")
  private double minutes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Every fault so often, however long that takes, instead of --minutes.")
  private @Nullable Integer rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all choices (default: a new one).")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "FAULT",
      description =
          "Only these of kill, pause, partition, one-way, flap, rolling, slow; and of redis and"
              + " redis-flush, which put the streams into Redis (default: all without Redis).")
  private @Nullable List<String> faults;

  @Option(
      names = "--overlap",
      description =
          "A fault of one node is followed by one of another node, within seconds after it was"
              + " mended and before all nodes are well again.")
  private boolean overlap;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "3 or 5 (default: 3).")
  private int nodes;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Writes what every client saw, an operation per line (chaos/README.md).")
  private @Nullable Path history;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Runs nothing and checks such a file.")
  private @Nullable Path check;

  @Option(names = "--json", description = "The last line is the verdict as JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Prints this text.")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  Chaos() {}

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Chaos())
        .registerConverter(int.class, ArgumentMistake.number(Integer::valueOf, "a whole number"))
        .registerConverter(
            Integer.class, ArgumentMistake.number(Integer::valueOf, "a whole number"))
        .registerConverter(Long.class, ArgumentMistake.number(Long::valueOf, "a whole number"))
        .registerConverter(double.class, ArgumentMistake.number(Double::valueOf, "a number"))
        .setParameterExceptionHandler(ArgumentMistake::explain);
  }

  @Override
  public Integer call() throws IOException {
    return check == null ? run() : checkOnly(check);
  }

  private int checkOnly(Path file) {
    try {
      return tell(Verdict.of(History.read(file)), Map.of());
    } catch (NoSuchFileException missing) {
      throw new ParameterException(
          spec.commandLine(), "--check = " + file + " (expected: a file that exists)");
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ParameterException(spec.commandLine(), String.valueOf(unreadable.getMessage()));
    }
  }

  private int run() throws IOException {
    var chosen = chosen();
    checkNumbers();
    long used = seed == null ? System.nanoTime() & 0xffff_ffffL : seed;
    var experiment =
        new Experiment(nodes, length(chosen), new Plan(chosen, overlap, used), this::progress);
    var failure = Optional.<LabException>empty();
    try {
      experiment.run();
    } catch (LabException failed) {
      spec.commandLine().getErr().println("./carillon chaos: " + failed.getMessage());
      failure = Optional.of(failed);
    } finally {
      if (history != null) {
        History.write(experiment.history(), history);
      }
    }
    if (failure.filter(LabException::isNotPermitted).isPresent()) {
      return NOT_PERMITTED;
    }
    var about = about(experiment, used);
    failure.ifPresent(failed -> about.put(VerdictJson.FAILED, failed.getMessage()));
    return tell(Verdict.of(experiment.history()), about);
  }

  private void checkNumbers() {
    if (nodes != 3 && nodes != 5) {
      throw new ParameterException(spec.commandLine(), "--nodes = " + nodes + " (expected: 3, 5)");
    }
    if (!(minutes > 0 && minutes <= 10_000)) {
      var message = "--minutes = " + minutes + " (expected: more than 0, at most 10000)";
      throw new ParameterException(spec.commandLine(), message);
    }
    if (rounds != null && rounds < 1) {
      var message = "--rounds = " + rounds + " (expected: 1 or more)";
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Map<String, Object> about(Experiment experiment, long used) {
    var excluded = new ArrayList<>(List.of(Fault.values()));
    excluded.removeAll(experiment.done());
    var about = new LinkedHashMap<String, Object>();
    about.put("seed", used);
    if (rounds == null) {
      about.put("minutes", minutes);
    } else {
      about.put("rounds", rounds);
    }
    about.put("overlap", overlap);
    about.put("nodes", nodes);
    about.put(
        "streams", experiment.done().stream().anyMatch(Fault::needsRedis) ? "redis" : "hazelcast");
    about.put("faults_run", words(experiment.done().stream().distinct().toList()));
    about.put("faults_excluded", words(excluded));
    about.put("strikes", experiment.done().size());
    about.put("ended_by_themselves", experiment.ends());
    return about;
  }

  private Length length(List<Fault> chosen) {
    return rounds == null ? Length.minutes(minutes) : Length.strikes(rounds * chosen.size());
  }

  private List<Fault> chosen() {
    if (faults == null) {
      return Stream.of(Fault.values()).filter(fault -> !fault.needsRedis()).toList();
    }
    try {
      return faults.stream().map(Fault::of).distinct().toList();
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), "--faults = " + unknown.getMessage());
    }
  }

  private static List<String> words(List<Fault> faults) {
    return faults.stream().map(Fault::word).toList();
  }

  private int tell(Verdict verdict, Map<String, Object> about) {
    var out = spec.commandLine().getOut();
    verdict
        .violations()
        .forEach(
            (invariant, lines) -> {
              out.println(invariant + ": " + lines.size());
              lines.stream().limit(SHOWN).forEach(line -> out.println("  " + line));
            });
    verdict.counts().forEach((name, count) -> out.println(name + ": " + count));
    about.forEach((name, value) -> out.println(name + ": " + value));
    FaultTable.lines(verdict.faults()).forEach(out::println);
    boolean ended = !about.containsKey(VerdictJson.FAILED);
    out.println(verdict.holds() ? "All invariants hold." : "NOT all invariants hold.");
    if (!ended) {
      out.println("The run did not come to its end.");
    }
    if (json) {
      out.println(VerdictJson.line(verdict, about));
    }
    out.flush();
    return verdict.holds() && ended ? 0 : BROKEN;
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Where the start script is: beside the folder of this module. */
  static Path script() {
    var home = System.getProperty("carillon.home", ".");
    var script = Path.of(home).toAbsolutePath().normalize().resolve("carillon");
    if (!Files.isExecutable(script)) {
      throw new IllegalStateException(script + " (expected: the start script)");
    }
    return script;
  }
}
