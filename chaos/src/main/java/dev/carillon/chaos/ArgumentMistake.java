package dev.carillon.chaos;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** What the lab says of arguments that it can't understand: one line, as the product does. */
final class ArgumentMistake {
  private ArgumentMistake() {}

  /** Prints the line, and gives the exit code. */
  static int explain(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine();
    var name = command.getCommandSpec().qualifiedName();
    var line =
        name + ": " + String.valueOf(wrong.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    if (!line.contains("(expected: ")) {
      line += " (expected: see " + name + " --help)";
    }
    command.getErr().println(line);
    return ExitCode.USAGE;
  }
}
