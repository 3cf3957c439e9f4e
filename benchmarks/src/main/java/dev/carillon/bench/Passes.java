package dev.carillon.bench;

import picocli.CommandLine.Option;

/** How long a load runs, and how often that is measured; a part of commands. */
final class Passes {

  @Option(names = "--warm-up", description = "Seconds before it counts (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(names = "--seconds", description = "Seconds that count (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--runs", description = "How often it is measured (${DEFAULT-VALUE}).")
  private int runs;

  /** What is the case unless something else is given. */
  Passes(int warmUp, int seconds, int runs) {
    this.warmUp = warmUp;
    this.seconds = seconds;
    this.runs = runs;
  }

  int warmUp() {
    return warmUp;
  }

  int seconds() {
    return seconds;
  }

  int runs() {
    return runs;
  }
}
