package dev.carillon.channel;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a stream to read.
 *
 * @param since exclusive start; null reads from the oldest (or, in reverse, the newest)
 *     publication. An empty epoch matches any.
 * @param limit publications at most; 0 asks for the position only
 * @param reverse newest first, offsets smaller than {@code since}
 */
public record HistoryQuery(@Nullable StreamPosition since, int limit, boolean reverse) {

  public static final HistoryQuery POSITION = new HistoryQuery(null, 0, false);

  public HistoryQuery {
    if (limit < 0) {
      throw new IllegalArgumentException("limit " + limit + " (expected: 0 or more)");
    }
  }

  public static HistoryQuery since(StreamPosition position, int limit) {
    return new HistoryQuery(position, limit, false);
  }
}
