package dev.carillon.session;

import dev.carillon.channel.History;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a positioned subscription starts: the history that was read, and what arrived live in the
 * meantime, as one sequence without gap or repetition (docs/PROTOCOL.md, "Recovery").
 *
 * @param recovered whether {@code publications} are what the client has missed
 * @param start what the reply says: recovered, the client's own offset with the current epoch; else
 *     the top of the stream
 * @param reached where delivery goes on after the reply
 * @param publications what the reply holds, in order; none when not recovered
 */
public record Recovery(
    boolean recovered,
    StreamPosition start,
    StreamPosition reached,
    List<Publication> publications) {

  /** The start of a subscription that has no position. */
  static final Recovery UNPOSITIONED =
      new Recovery(false, StreamPosition.NONE, StreamPosition.NONE, List.of());

  /** At the top of the stream; what arrived live is for the time after the reply. */
  public static @Nullable Recovery none(History history, List<Publication> live) {
    return after(history.top(), live) == null ? null : atTop(history);
  }

  /**
   * Everything after the client's position, if it is all there.
   *
   * @param history read from {@code since}, after {@code live} began
   * @param live in any order, repetitions allowed
   * @param wanted which publications the client gets; the others count as delivered
   * @return null when publications between history and live are missing
   */
  public static @Nullable Recovery stream(
      StreamPosition since,
      History history,
      List<Publication> live,
      Predicate<Publication> wanted) {
    List<Publication> more = after(history.top(), live);
    if (more == null) {
      return null;
    }
    if (!isWhole(since, history)) {
      return atTop(history);
    }
    var missed = new ArrayList<>(history.publications());
    missed.addAll(more);
    missed.removeIf(wanted.negate());
    return recovered(since, history, more, missed);
  }

  /**
   * The newest publication, unless the client has it.
   *
   * @param history the newest first, read after {@code live} began
   * @param live in any order, repetitions allowed
   * @param wanted which publications the client gets; the others count as delivered
   * @return null when publications between history and live are missing
   */
  public static @Nullable Recovery cache(
      StreamPosition since,
      History history,
      List<Publication> live,
      Predicate<Publication> wanted) {
    List<Publication> more = after(history.top(), live);
    if (more == null) {
      return null;
    }
    List<Publication> newer = more.stream().filter(wanted).toList();
    if (!newer.isEmpty()) {
      return recovered(since, history, more, newer.subList(newer.size() - 1, newer.size()));
    }
    if (since.offset() > 0 && since.equals(history.top())) {
      return recovered(since, history, more, List.of());
    }
    return history.publications().stream()
        .filter(wanted)
        .findFirst()
        .map(newest -> recovered(since, history, more, List.of(newest)))
        .orElse(atTop(history));
  }

  /** The last publication that the reply holds. */
  @Nullable Publication newest() {
    return publications.isEmpty() ? null : publications.get(publications.size() - 1);
  }

  private static Recovery atTop(History history) {
    return new Recovery(false, history.top(), history.top(), List.of());
  }

  private static Recovery recovered(
      StreamPosition since, History history, List<Publication> more, List<Publication> missed) {
    StreamPosition top = history.top();
    return new Recovery(
        true,
        new StreamPosition(since.offset(), top.epoch()),
        new StreamPosition(top.offset() + more.size(), top.epoch()),
        missed);
  }

  /** What follows the top in order, each once; null when something is missing in between. */
  private static @Nullable List<Publication> after(StreamPosition top, List<Publication> live) {
    var sorted = new ArrayList<>(live);
    sorted.sort(Comparator.comparingLong(Publication::offset));
    var more = new ArrayList<Publication>();
    for (Publication publication : sorted) {
      long next = top.offset() + more.size() + 1;
      if (!publication.epoch().equals(top.epoch()) || publication.offset() > next) {
        return null;
      }
      if (publication.offset() == next) {
        more.add(publication);
      }
    }
    return more;
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
