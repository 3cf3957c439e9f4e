package dev.carillon.launch;

import picocli.CommandLine.Command;
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
    spec.commandLine()
        .getOut()
        .println("Carillon " + Version.get() + ", Java " + Runtime.version());
  }
}
