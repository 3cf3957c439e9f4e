package dev.carillon.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands in the list of commands; the script runs the tests, because it needs the sources. */
@Command(
    name = "test",
    description = {
      "Runs every test of the repository, the browser tests too.",
      "Further arguments go to Maven, for example -pl verticles/tcp-echo -am."
    })
final class TestCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no sources here (expected: ./carillon test in the repository)");
  }
}
