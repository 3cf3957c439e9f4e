package dev.carillon.session;

import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a positioned subscription starts: the history that was read, and what arrived live in the
 * meantime, as one sequence without gap or repetition (docs/PROTOCOL.md, "Recovery").
 *
 * @param recovered whether {@code publications} begin right after the position of the client
 * @param start that position with the current epoch; when not recovered, the top of the stream
 * @param publications what comes after {@code start}, in order
 */
public record Recovery(boolean recovered, StreamPosition start, List<Publication> publications) {

  /** The start of a subscription that has no position. */
  static final Recovery UNPOSITIONED = new Recovery(false, StreamPosition.NONE, List.of());

  /**
   * Merges.
   *
   * @param since the client's position; null when it does not ask for recovery
   * @param history read from {@code since}, after {@code live} began
   * @param live in any order, repetitions allowed
   * @return null when publications between history and live are missing
   */
  public static @Nullable Recovery of(
      @Nullable StreamPosition since, History history, List<Publication> live) {
    StreamPosition start = history.top();
    var publications = new ArrayList<Publication>();
    boolean recovered = false;
    if (since != null && isWhole(since, history)) {
      recovered = true;
      start = new StreamPosition(since.offset(), start.epoch());
      publications.addAll(history.publications());
    }
    var sorted = new ArrayList<>(live);
    sorted.sort(Comparator.comparingLong(Publication::offset));
    long reached = history.top().offset();
    for (Publication publication : sorted) {
      if (!publication.epoch().equals(start.epoch()) || publication.offset() > reached + 1) {
        return null;
      }
      if (publication.offset() == reached + 1) {
        publications.add(publication);
        reached++;
      }
    }
    return new Recovery(recovered, start, publications);
  }

  /** What the client is at when it has processed the reply, which holds what was recovered. */
  StreamPosition reached() {
    return recovered
        ? new StreamPosition(start.offset() + publications.size(), start.epoch())
        : start;
  }

  /** Whether the history is everything from the client's position to the top. */
  private static boolean isWhole(StreamPosition since, History history) {
    StreamPosition top = history.top();
    if (!since.epoch().isEmpty() && !since.sameEpoch(top)) {
      return false;
    }
    long next = since.offset() + 1;
    for (Publication publication : history.publications()) {
      if (publication.offset() != next++) {
        return false;
      }
    }
    return next == top.offset() + 1;
  }
}
