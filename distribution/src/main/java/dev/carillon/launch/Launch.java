package dev.carillon.launch;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.LogOptions;
import dev.carillon.launch.settings.Sources;

/** The start of a node, step by step. */
final class Launch {
  private final Sources sources;

  Launch(Sources sources) {
    this.sources = sources;
  }

  void run() {
    var configuration = Configuration.load(sources);
    LogSetup.level(configuration.options(LogOptions.class).level());
  }
}
