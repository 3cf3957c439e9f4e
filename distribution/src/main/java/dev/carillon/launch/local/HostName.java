package dev.carillon.launch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The name of this machine. */
final class HostName {
  private HostName() {}

  /** Asks the kernel, because a name server may take seconds to answer; empty when it has none. */
  static String get() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException elsewhere) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
    }
  }
}
