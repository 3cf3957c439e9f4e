package dev.carillon.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands in the list of commands; the script runs the fault lab, which is built from sources. */
@Command(name = "chaos", description = "Breaks a cluster and checks what its clients saw.")
final class ChaosCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no sources here (expected: ./carillon chaos in the repository)");
  }
}
