package dev.carillon.launch.settings;

import dev.carillon.config.OptionKey;

/** The effective configuration for people, in a form that can be used as a file again. */
public final class ConfigurationListing {
  private ConfigurationListing() {}

  /** For every option a line with its doc, and one with key, value and source. */
  public static String of(Configuration configuration) {
    var listing = new StringBuilder();
    for (var key : configuration.keys()) {
      listing.append("# ").append(key.option().doc()).append('\n');
      listing.append(key.key()).append(": ").append(value(configuration, key));
      listing.append("  # ").append(configuration.source(key.key())).append("\n\n");
    }
    return listing.toString();
  }

  private static String value(Configuration configuration, OptionKey key) {
    var text = configuration.text(key.key());
    if (key.option().secret()) {
      return text.isEmpty() ? "(not set)" : "(set)";
    }
    return text.isEmpty() ? "\"\"" : text;
  }
}
