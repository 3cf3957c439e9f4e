package dev.carillon.stream;

/**
 * What one link may hold.
 *
 * @param frameBytes deliveries in one frame, at most; a larger delivery gets a frame of its own
 * @param windowBytes sent and not acknowledged, at most
 * @param queueBytes waiting for the window, at most
 * @param lagMillis how long the window may be full before the queue is given up
 */
public record LinkLimits(int frameBytes, int windowBytes, int queueBytes, long lagMillis) {

  /** The defaults of the options; see there for the reasons. */
  public static final LinkLimits DEFAULTS = new LinkLimits(32_768, 4_194_304, 8_388_608, 1_000);
}
