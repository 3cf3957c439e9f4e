package dev.carillon.launch.settings;

import dev.carillon.config.OptionKey;

/**
 * The effective configuration for people, in YAML that can be used as a file again. Secrets are
 * comments, so that such a file never sets one to the words that stand in its place.
 */
public final class ConfigurationListing {
  private ConfigurationListing() {}

  /** For every option a line with its doc, and one with key, value and source. */
  public static String of(Configuration configuration) {
    var listing = new StringBuilder();
    for (var key : configuration.keys()) {
      listing.append("# ").append(key.option().doc()).append('\n');
      listing.append(key.option().secret() ? "# " : "");
      listing.append(key.key()).append(": ").append(value(configuration, key));
      listing.append("  # ").append(configuration.source(key.key())).append("\n\n");
    }
    return listing.toString();
  }

  private static String value(Configuration configuration, OptionKey key) {
    if (key.option().secret()) {
      return configuration.text(key.key()).isEmpty() ? "(not set)" : "(set)";
    }
    return configuration.yaml(key.key());
  }
}
