package dev.carillon.stream;

/**
 * What a {@link ChannelPosition} may hold, and how long it waits. Times are milliseconds.
 *
 * @param heldPublications held at most while an earlier one is missing
 * @param heldBytes the same in bytes
 * @param gapMillis how long a missing publication may be under way before the stream is read
 * @param retryMillis pause after a read that failed
 * @param giveUpMillis reads that fail for this long make the position insufficient
 */
public record PositionLimits(
    int heldPublications, int heldBytes, long gapMillis, long retryMillis, long giveUpMillis) {

  /** The defaults of the options; see there for the reasons. */
  public static final PositionLimits DEFAULTS = new PositionLimits(256, 1_048_576, 50, 200, 10_000);
}
