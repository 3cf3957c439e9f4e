package dev.carillon.stream;

import dev.carillon.channel.StreamPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one part of the streams in the order of their last changes, kept by the part's
 * owner. A channel that changes again moves to the end, so a busy one takes no more room than any
 * other, and whoever asks gets it once. Beyond its capacity the log forgets the oldest.
 *
 * <p>One thread at a time records; any thread may ask meanwhile, and misses nothing that was
 * recorded before it asked.
 */
public final class ChangeLog {

  private final int part;
  private final long id;
  private final int capacity;

  // Changed by the thread that records only; the first is read by all.
  private final ConcurrentSkipListMap<Long, StreamChange> changes = new ConcurrentSkipListMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Of the last change; written when the change is in place. */
  private volatile long version;

  /** Of the last change that was forgotten; written before it is. */
  private volatile long forgotten;

  /**
   * @param id random, so that no other life of any log has it; not 0
   * @param capacity channels at most
   */
  public ChangeLog(int part, long id, int capacity) {
    if (id == 0 || capacity < 1) {
      throw new IllegalArgumentException(id + ", " + capacity + " (expected: an id, room for one)");
    }
    this.part = part;
    this.id = id;
    this.capacity = capacity;
  }

  /** The stream of the channel stands there now. */
  public void record(String channel, StreamPosition top) {
    long next = version + 1;
    changes.put(next, new StreamChange(channel, top));
    // Taken away after it is at its new place: who looks in between sees it twice, not never.
    Long before = versions.put(channel, next);
    if (before != null) {
      changes.remove(before);
    } else if (versions.size() > capacity) {
      long oldest = changes.firstKey();
      forgotten = oldest;
      StreamChange gone = changes.remove(oldest);
      if (gone != null) {
        versions.remove(gone.channel());
      }
    }
    version = next;
  }

  /** What changed since; null when nothing did. */
  public @Nullable Changes since(ChangeVersion seen) {
    ChangeVersion upTo = new ChangeVersion(id, version);
    if (seen.equals(upTo)) {
      return null;
    }
    if (seen.log() != id || seen.version() > upTo.version()) {
      return new Changes(part, upTo, true, List.of());
    }
    // A channel that changes meanwhile moves beyond `upTo`, and is found the next time.
    List<StreamChange> found =
        List.copyOf(changes.subMap(seen.version(), false, upTo.version(), true).values());
    // Asked after the changes were looked at, which may have been forgotten during that.
    boolean lost = seen.version() < forgotten;
    return new Changes(part, upTo, lost, lost ? List.of() : found);
  }
}
