package dev.carillon.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(name = "version", description = "Prints the version of Carillon and of Java.")
final class VersionCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getOut().println(line());
  }

  private static String line() {
    return "Carillon " + Version.get() + ", Java " + Runtime.version();
  }

  /** The same for {@code --version}. */
  static final class Lines implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }
  }
}
