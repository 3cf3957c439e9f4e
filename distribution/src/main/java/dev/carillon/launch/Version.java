package dev.carillon.launch;

import java.util.Objects;

/** The version of the software, from the manifest of its jar. */
final class Version {
  private Version() {}

  /** For example {@code 0.1.0}; {@code dev} when it does not run from the jar. */
  static String get() {
    var version = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "dev");
  }
}
