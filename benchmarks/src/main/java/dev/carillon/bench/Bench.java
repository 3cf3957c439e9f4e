package dev.carillon.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Load from outside on a node that is started for it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {FanOut.class, Memory.class, Publish.class, Channels.class},
    description = "Measures a node from another process (docs/PERFORMANCE.md).")
public final class Bench {

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }
}
