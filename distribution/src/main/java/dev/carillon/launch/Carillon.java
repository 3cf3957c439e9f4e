package dev.carillon.launch;

import dev.carillon.cluster.StartException;
import dev.carillon.config.ConfigException;
import dev.carillon.config.KeyDistance;
import dev.carillon.http.TlsException;
import dev.carillon.launch.centrifugo.ImportException;
import dev.carillon.launch.local.LaunchException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 when everything went well, 1 when the start or the work failed, 2
 * for arguments that can't be understood.
 */
@Command(
    name = "./carillon",
    description = "A self-clustering realtime messaging server.",
    versionProvider = VersionCommand.Lines.class,
    subcommands = {
      StartCommand.class,
      TestCommand.class,
      ChaosCommand.class,
      ConfigCommand.class,
      TokenCommand.class,
      CertsCommand.class,
      VersionCommand.class
    })
public final class Carillon implements Runnable {
  private static final String COMMANDS = "start, test, chaos, config, token, certs or version";

  @Mixin private final HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Prints the version.")
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Carillon() {}

  /** A node that was started runs on: its threads keep the process. */
  public static void main(String[] arguments) {
    int code = execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs one command and says how it ended. */
  static int execute(String... arguments) {
    return new CommandLine(new Carillon())
        .registerConverter(int.class, Carillon::number)
        .setParameterExceptionHandler(Carillon::explain)
        .setExecutionExceptionHandler(Carillon::report)
        .execute(arguments);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException other) {
      throw new TypeConversionException(text + " (expected: a whole number)");
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command (expected: " + COMMANDS + ")");
  }

  /** Wrong arguments: one line that says what was expected. */
  private static int explain(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine();
    var name = command.getCommandSpec().qualifiedName();
    var line = name + ": " + mistake(wrong);
    if (!line.contains("(expected: ")) {
      line += " (expected: " + expectation(wrong) + ")";
    }
    command.getErr().println(line);
    return ExitCode.USAGE;
  }

  /** What was written; the library's words for it where they are clear. */
  private static String mistake(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      return "'" + unmatched.getUnmatched().get(0) + "'";
    }
    if (isNoPair(wrong)) {
      return wrong.getArgSpec() instanceof OptionSpec option
          ? option.longestName() + " " + wrong.getValue()
          : wrong.getValue();
    }
    // The library says the word twice for an option whose value is a pair.
    return oneLine(wrong.getMessage()).replace("option option", "option");
  }

  private static boolean isNoPair(ParameterException wrong) {
    var argument = wrong.getArgSpec();
    return argument != null && argument.typeInfo().isMap() && wrong.getValue() != null;
  }

  private static String expectation(ParameterException wrong) {
    var spec = wrong.getCommandLine().getCommandSpec();
    var usage = "see " + spec.qualifiedName() + " --help";
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      var argument = unmatched.getUnmatched().get(0);
      boolean option = argument.startsWith("-");
      var known = option ? spec.optionsMap().keySet() : spec.subcommands().keySet();
      var nearest = KeyDistance.nearest(argument, known);
      if (nearest != null && KeyDistance.isSlip(argument, nearest)) {
        return nearest + "; " + usage;
      }
      return option || known.isEmpty() ? usage : COMMANDS;
    }
    return isNoPair(wrong) ? wrong.getArgSpec().paramLabel() : usage;
  }

  /** A failure that an operator can cure is one line; anything else is a defect with its trace. */
  private static int report(Exception failure, CommandLine command, ParseResult arguments)
      throws Exception {
    if (failure instanceof ImportException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    if (failure instanceof ConfigException
        || failure instanceof LaunchException
        || failure instanceof StartException
        || failure instanceof TlsException) {
      command.getErr().println(oneLine(failure.getMessage()));
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
