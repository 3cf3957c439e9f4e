package dev.carillon.stream;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stream of one channel in one epoch: a bounded log of publications, the offset of the newest,
 * and the idempotency keys of the recent ones. Offsets grow by one and never repeat.
 *
 * <p>Not safe for threads: it belongs to the one thread that may change its channel. All times are
 * milliseconds since 1970 by the clock of the caller, so that every copy decides alike.
 */
public final class ChannelStream {

  private final String epoch;
  private final ArrayDeque<Publication> log = new ArrayDeque<>();
  private final KeyWindow keys;
  private long top;
  private long bytes;
  private long changed;

  /** How long the last append wanted publications to be kept. */
  private long keepMillis;

  /** An empty stream; its epoch must never have been used for this channel before. */
  public ChannelStream(String epoch, long now) {
    this(epoch, 0, now, new KeyWindow());
  }

  ChannelStream(String epoch, long top, long changed, KeyWindow keys) {
    if (epoch.isEmpty()) {
      throw new IllegalArgumentException("empty epoch (expected: a text of its own)");
    }
    this.epoch = epoch;
    this.top = top;
    this.changed = changed;
    this.keys = keys;
  }

  /** The stream whose parts were read from another copy. */
  public static ChannelStream restore(
      StreamPosition top,
      long changed,
      long keepMillis,
      List<Publication> log,
      List<RememberedKey> keys) {
    return new ChannelStream(top.epoch(), top.offset(), changed, new KeyWindow())
        .filled(keepMillis, log, keys);
  }

  ChannelStream filled(long millis, List<Publication> publications, List<RememberedKey> known) {
    keepMillis = millis;
    publications.forEach(this::keep);
    known.forEach(keys::add);
    return this;
  }

  /**
   * Whether one of these keys may have been stored and forgotten since, so that storing it again
   * could be storing it twice. To be asked before the first of a batch is appended. Does not depend
   * on clocks: what such a batch stored before has the time that it has now.
   *
   * @param batch is only looked through when keys were forgotten for want of room
   * @param now of the batch; the same whenever it is tried
   */
  public boolean mayHaveForgotten(Stream<IdempotencyKey> batch, long now) {
    return keys.mayHaveDropped(now)
        && batch.anyMatch(key -> !key.equals(IdempotencyKey.NONE) && !isKnown(key));
  }

  private boolean isKnown(IdempotencyKey key) {
    return keys.find(key) != null;
  }

  /** Stores the publication at the next offset, unless its key is remembered. */
  public StoredPublication append(
      NewPublication publication, IdempotencyKey key, Retention retention, long now) {
    RememberedKey before = key.equals(IdempotencyKey.NONE) ? null : keys.find(key);
    if (before != null) {
      return new StoredPublication(stored(before, publication), key, true);
    }
    Publication next = publication.at(top + 1, epoch, now);
    replicate(new StoredPublication(next, key, false), retention);
    return new StoredPublication(next, key, false);
  }

  /**
   * Stores what another copy appended. A copy that missed something before it changes nothing: the
   * store's own repair brings it up to date.
   *
   * @return whether it was the next one
   */
  public boolean replicate(StoredPublication stored, Retention retention) {
    Publication next = stored.publication();
    if (next.offset() != top + 1 || !next.epoch().equals(epoch)) {
      return false;
    }
    top++;
    changed = next.time();
    keepMillis = retention.millis();
    keep(next);
    if (!stored.key().equals(IdempotencyKey.NONE)) {
      keys.add(new RememberedKey(stored.key(), top, next.time()));
    }
    keys.trim(next.time());
    trim(retention, next.time());
    return true;
  }

  /**
   * Reads a part. Publications older than {@code keepMillis} are left out even when they are still
   * stored. Another epoch than the query's gives the position alone.
   */
  public History read(HistoryQuery query, long keepMillis, long now) {
    StreamPosition since = query.since();
    boolean foreign = since != null && !since.epoch().isEmpty() && !since.epoch().equals(epoch);
    if (query.limit() == 0 || foreign) {
      return new History(position(), List.of());
    }
    long oldest = oldest(keepMillis, now);
    List<Publication> found = new ArrayList<>();
    Iterator<Publication> from = query.reverse() ? log.descendingIterator() : log.iterator();
    while (from.hasNext() && found.size() < query.limit()) {
      Publication publication = from.next();
      if (matches(publication, query) && publication.offset() >= oldest) {
        found.add(publication);
      }
    }
    return new History(position(), found);
  }

  /**
   * The first that is not too old. What follows it is not either, whatever its time says: clocks of
   * publishers differ, and a hole in the middle would be a loss.
   */
  private long oldest(long keepMillis, long now) {
    for (Publication publication : log) {
      if (now - publication.time() <= keepMillis) {
        return publication.offset();
      }
    }
    return top + 1;
  }

  /**
   * The stream to go on with when somebody saw this position: this one, or, when this one has lost
   * what was seen, an empty one of the new epoch, so that no offset is given out twice.
   */
  public ChannelStream ensure(StreamPosition observed, String newEpoch, long now) {
    boolean lost = observed.epoch().equals(epoch) && observed.offset() > top;
    return lost ? new ChannelStream(newEpoch, now) : this;
  }

  /**
   * Drops publications that are too old, so that a channel that nobody publishes to any more does
   * not keep them until its position is forgotten.
   *
   * @return whether there were any
   */
  public boolean expire(long now) {
    int before = log.size();
    while (!log.isEmpty() && now - log.getFirst().time() > keepMillis) {
      bytes -= log.removeFirst().weight();
    }
    keys.trim(now);
    return log.size() < before;
  }

  public StreamPosition position() {
    return new StreamPosition(top, epoch);
  }

  /** Whether even epoch and offset are to be forgotten. */
  public boolean expired(Retention retention, long now) {
    return now - changed > lifetime(retention);
  }

  /**
   * How long epoch and offset are kept after {@link #changed}, in milliseconds. Names cost nothing,
   * so a stream that nobody has published to lives only as long as it is wanted.
   */
  public long lifetime(Retention retention) {
    return top == 0 ? retention.unpublishedMillis() : retention.metaMillis();
  }

  /**
   * Somebody wants this stream. One that was never published to lives on from now; what is told of
   * that to the copies costs, so it is not renewed before a sixth of its life is over.
   *
   * @return whether it was renewed
   */
  public boolean want(long unpublishedMillis, long now) {
    if (top > 0 || now - changed < unpublishedMillis / 6) {
      return false;
    }
    changed = now;
    return true;
  }

  /** When the last publication was stored, or else the stream was created or wanted. */
  public long changed() {
    return changed;
  }

  /** How long publications are kept, in milliseconds. */
  public long keepMillis() {
    return keepMillis;
  }

  /** What is stored, oldest first. */
  public List<Publication> publications() {
    return List.copyOf(log);
  }

  /** Keys that are remembered, oldest first. */
  public List<RememberedKey> keys() {
    return keys.entries();
  }

  private static boolean matches(Publication publication, HistoryQuery query) {
    StreamPosition since = query.since();
    if (since == null) {
      return true;
    }
    return query.reverse()
        ? publication.offset() < since.offset()
        : publication.offset() > since.offset();
  }

  /** The publication as it was stored, or, when it was trimmed, as it was asked for again. */
  private Publication stored(RememberedKey before, NewPublication again) {
    for (Publication publication : log) {
      if (publication.offset() == before.offset()) {
        return publication;
      }
    }
    return again.at(before.offset(), epoch, before.time());
  }

  private void keep(Publication publication) {
    log.addLast(publication);
    bytes += publication.weight();
  }

  private void trim(Retention retention, long now) {
    while (log.size() > 1 && exceeds(retention, now)) {
      bytes -= log.removeFirst().weight();
    }
  }

  private boolean exceeds(Retention retention, long now) {
    return log.size() > retention.publications()
        || bytes > retention.bytes()
        || now - log.getFirst().time() > retention.millis();
  }
}
