package dev.carillon.port;

/** The time that waiting is measured by. It has no date, and the wall clock does not move it. */
public final class SteadyTime {

  private SteadyTime() {}

  /** Milliseconds that never go backward, from a beginning that is another one in each process. */
  public static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
