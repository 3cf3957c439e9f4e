package dev.carillon.chaos.lab;

import java.util.concurrent.TimeUnit;

/** Lets time pass on the thread that runs an experiment. */
public final class Pause {
  private Pause() {}

  /**
   * Blocks for so long.
   *
   * @throws LabException if the thread is interrupted
   */
  public static void millis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted");
    }
  }

  /** The same in seconds. */
  public static void seconds(long seconds) {
    millis(seconds * 1_000);
  }
}
