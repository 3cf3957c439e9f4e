package dev.carillon.launch.settings;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** Options of the log. */
@Section(value = "log", doc = "The log on standard error.")
public record LogOptions(
    @Option(
            value = "info",
            doc = "The least important level that is logged. Changes apply without a restart.",
            why = "What an operator acts on, and nothing per message.")
        Level level) {

  /** Levels from nothing to everything. */
  public enum Level {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }
}
