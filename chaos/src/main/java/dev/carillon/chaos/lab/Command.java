package dev.carillon.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system and waits for its end. Blocks. */
final class Command {
  private static final long SECONDS = 20;

  private Command() {}

  /**
   * Runs the words as they are, without a shell.
   *
   * @throws LabException with what the program said when it fails
   */
  static void run(String... words) {
    var line = String.join(" ", words);
    try {
      var process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new LabException(line + ": " + said.strip());
      }
    } catch (IOException absent) {
      throw new LabException(line + ": " + absent.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LabException(line + ": interrupted");
    }
  }
}
