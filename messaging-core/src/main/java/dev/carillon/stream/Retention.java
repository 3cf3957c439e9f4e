package dev.carillon.stream;

import dev.carillon.channel.StreamOptions;

/**
 * How much of a stream is kept. The newest publication is kept whatever its size.
 *
 * @param publications at most
 * @param bytes at most, counted by {@code Publication.weight}
 * @param millis how long a publication is kept
 * @param metaMillis how long epoch and offset are kept after the last change
 * @param unpublishedMillis how long a stream without any publication is kept after somebody has
 *     wanted it
 */
public record Retention(
    int publications, int bytes, long millis, long metaMillis, long unpublishedMillis) {

  public Retention {
    if (publications < 1 || bytes < 1 || millis < 1) {
      throw new IllegalArgumentException(
          publications + ", " + bytes + ", " + millis + " (expected: positive numbers)");
    }
    metaMillis = Math.max(millis, metaMillis);
  }

  public static Retention of(StreamOptions options, int bytes, long unpublishedMillis) {
    return new Retention(
        options.historySize(),
        bytes,
        options.historyTtl().toMillis(),
        options.metaTtl().toMillis(),
        unpublishedMillis);
  }
}
