package dev.carillon.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys that a stream remembers, oldest first: the last {@value #KEEP_ENTRIES} or
 * those of the last five minutes, whichever are more, but never more than {@value #MAX_ENTRIES}.
 *
 * <p>Parallel arrays in a ring take 32 bytes for each key where a map of objects takes 150; the
 * search through all of them costs about a microsecond.
 */
public final class KeyWindow {

  /** Enough for every publication that can be under way to one channel from all nodes. */
  public static final int KEEP_ENTRIES = 512;

  /** Longer than any retry of a publisher that still waits for its answer. */
  public static final long KEEP_MILLIS = 5 * 60_000L;

  /** Bounds the memory of a busy channel to 128 KiB of keys. */
  public static final int MAX_ENTRIES = 4_096;

  private long[] high = new long[8];
  private long[] low = new long[8];
  private long[] offsets = new long[8];
  private long[] times = new long[8];
  private int first;
  private int size;

  void add(RememberedKey entry) {
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

  void trim(long now) {
    while (size > MAX_ENTRIES || size > KEEP_ENTRIES && now - times[first] > KEEP_MILLIS) {
      first = slot(1);
      size--;
    }
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
