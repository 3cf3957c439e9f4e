package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.link.Slots;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which slots this node has channels in. Every slot that is taken or given up makes a new version;
 * the last changes are remembered, so that whoever knows a version not long ago can be told what is
 * different since.
 */
public final class InterestMap {

  /** Changes that are remembered. As a delta they are about as long as the whole bitmap. */
  static final int REMEMBERED = 8_192;

  /** What is different since a version. */
  record Difference(List<Integer> set, List<Integer> cleared) {}

  private final int[] counts = new int[Slots.COUNT];
  private final byte[] bitmap = new byte[Slots.BYTES];

  /** The slot that each of the last versions changed; version v stands at v modulo the length. */
  private final int[] changed = new int[REMEMBERED];

  /** 0 is what others call knowing nothing. */
  private long version = 1;

  private int taken;

  /** One more channel in this slot. */
  public void add(int slot) {
    if (counts[slot]++ == 0) {
      taken++;
      change(slot);
    }
  }

  /** One channel less in this slot. */
  public void remove(int slot) {
    if (counts[slot] == 0) {
      throw new IllegalStateException("slot " + slot + " is empty (expected: a channel in it)");
    }
    if (--counts[slot] == 0) {
      taken--;
      change(slot);
    }
  }

  public long version() {
    return version;
  }

  /** Slots with at least one channel. */
  public int taken() {
    return taken;
  }

  boolean has(int slot) {
    return counts[slot] > 0;
  }

  /** Whether {@link #since} can say what is different. */
  boolean remembers(long base) {
    return base > 0 && base <= version && version - base <= REMEMBERED;
  }

  /** The version that changed this slot last, if it is later than this one; otherwise that one. */
  long changedAfter(long base, int slot) {
    if (!remembers(base)) {
      return version;
    }
    for (long each = version; each > base; each--) {
      if (changed[(int) (each % REMEMBERED)] == slot) {
        return each;
      }
    }
    return base;
  }

  /** What is different since a version that is remembered. */
  Difference since(long base) {
    Set<Integer> different = new LinkedHashSet<>();
    for (long each = base + 1; each <= version; each++) {
      different.add(changed[(int) (each % REMEMBERED)]);
    }
    List<Integer> set = new ArrayList<>();
    List<Integer> cleared = new ArrayList<>();
    different.forEach(slot -> (has(slot) ? set : cleared).add(slot));
    return new Difference(set, cleared);
  }

  /** One bit for each slot. */
  Bytes bitmap() {
    return Bytes.of(bitmap.clone());
  }

  private void change(int slot) {
    version++;
    bitmap[slot >>> 3] ^= (byte) (1 << (slot & 7));
    changed[(int) (version % REMEMBERED)] = slot;
  }
}
