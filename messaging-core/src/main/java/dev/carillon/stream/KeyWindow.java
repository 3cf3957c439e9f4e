package dev.carillon.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys that a stream remembers, oldest first: the last {@value #KEEP_ENTRIES} or
 * those of the last five minutes, whichever are more, but never more than {@value #MAX_ENTRIES}.
 *
 * <p>Of those that had to make room it knows the newest time: the oldest entry takes it over when
 * it is older, so that a copy made of the entries knows it too.
 *
 * <p>Parallel arrays in a ring take 32 bytes for each key where a map of objects takes 150; the
 * search through all of them costs about a microsecond.
 */
public final class KeyWindow {

  /** Enough for every publication that can be under way to one channel from all nodes. */
  public static final int KEEP_ENTRIES = 512;

  /**
   * Longer than an append can be on its way. A busy channel forgets sooner; see {@link
   * #mayHaveDropped}.
   */
  public static final long KEEP_MILLIS = 5 * 60_000L;

  /** Bounds the memory of a busy channel to 128 KiB of keys. */
  public static final int MAX_ENTRIES = 4_096;

  private final int max;
  private long[] high = new long[8];
  private long[] low = new long[8];
  private long[] offsets = new long[8];
  private long[] times = new long[8];
  private int first;
  private int size;

  KeyWindow() {
    this(MAX_ENTRIES);
  }

  /**
   * @param max of entries; less than {@link #MAX_ENTRIES} for tests
   */
  KeyWindow(int max) {
    this.max = max;
  }

  void add(RememberedKey entry) {
    if (size == max) {
      dropOldest();
    }
    if (size == high.length) {
      grow();
    }
    int slot = slot(size++);
    high[slot] = entry.key().high();
    low[slot] = entry.key().low();
    offsets[slot] = entry.offset();
    times[slot] = entry.time();
  }

  /** What is remembered of the key; null when it is not, or no longer, known. */
  @Nullable RememberedKey find(IdempotencyKey key) {
    for (int i = size - 1; i >= 0; i--) {
      int slot = slot(i);
      if (high[slot] == key.high() && low[slot] == key.low()) {
        return entry(slot);
      }
    }
    return null;
  }

  /**
   * Whether a key of this time that is not known may have been, and had to make room. One that was
   * dropped for its age is five minutes old, and nothing is on its way for so long.
   */
  boolean mayHaveDropped(long time) {
    return size >= max && time <= times[first];
  }

  void trim(long now) {
    while (size > KEEP_ENTRIES && now - times[first] > KEEP_MILLIS) {
      dropOldest();
    }
  }

  private void dropOldest() {
    long newest = times[first];
    first = slot(1);
    times[first] = Math.max(times[first], newest);
    size--;
  }

  int size() {
    return size;
  }

  List<RememberedKey> entries() {
    List<RememberedKey> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(entry(slot(i)));
    }
    return entries;
  }

  private RememberedKey entry(int slot) {
    return new RememberedKey(new IdempotencyKey(high[slot], low[slot]), offsets[slot], times[slot]);
  }

  /** The capacity is a power of two, so that the remainder is a mask. */
  private int slot(int index) {
    return first + index & high.length - 1;
  }

  private void grow() {
    high = unrolled(high);
    low = unrolled(low);
    offsets = unrolled(offsets);
    times = unrolled(times);
    first = 0;
  }

  private long[] unrolled(long[] ring) {
    long[] larger = new long[ring.length * 2];
    int tail = ring.length - first;
    System.arraycopy(ring, first, larger, 0, tail);
    System.arraycopy(ring, 0, larger, tail, first);
    return larger;
  }
}
