package dev.carillon.chaos;

import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the lab says of arguments that it can't understand: one line, as the product does. */
final class ArgumentMistake {
  private ArgumentMistake() {}

  /** Prints the line, and gives the exit code. */
  static int explain(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine();
    var name = command.getCommandSpec().qualifiedName();
    var line = name + ": " + words(wrong).strip().replaceAll("\\s*\\R\\s*", " ");
    if (!line.contains("(expected: ")) {
      line += " (expected: see " + name + " --help)";
    }
    command.getErr().println(line);
    return ExitCode.USAGE;
  }

  /** Reads a number, and says without the language's type what one is. */
  static <N extends Number> ITypeConverter<N> number(Function<String, N> read, String expected) {
    return text -> {
      try {
        return read.apply(text);
      } catch (NumberFormatException other) {
        throw new TypeConversionException(text + " (expected: " + expected + ")");
      }
    };
  }

  private static String words(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? "'" + unmatched.getUnmatched().get(0) + "'"
        : String.valueOf(wrong.getMessage());
  }
}
