package dev.carillon.delta;

import dev.carillon.channel.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes patches in the delta format of Fossil (docs/PROTOCOL.md, "Delta compression").
 *
 * <p>What most payloads share with the one before them is how they begin and end, so that is taken
 * first. What lies between is searched, from left to right, for runs that stand anywhere in the
 * base: a window of one block slides over it, and wherever its hash is that of a block of the base
 * the two are compared and the run is extended in both directions. The window goes on for one more
 * block before a run is taken, because the longer run that begins there too may show only then. All
 * blocks of a hash are compared as long as {@link #COMPARISONS} allows it: a base that repeats
 * itself would take its square in time.
 */
public final class FossilDelta {

  /**
   * Bytes compared for each byte of the target, on the average and at most. Ordinary payloads take
   * few; this many take about two milliseconds for 64 KiB.
   */
  private static final int COMPARISONS = 64;

  /** Bytes of a character in UTF-8 after its first one, at most. */
  private static final int CONTINUATIONS = 3;

  private final byte[] base;
  private final byte[] target;
  private final PatchWriter out;

  /** Bytes that may still be compared. */
  private long budget;

  /** What is before this index of the target is written. */
  private int written;

  // The longest run that was found since then and is not copied yet.
  private int bestSince;
  private int bestLength;
  private int bestBase;
  private int bestTarget;

  private FossilDelta(byte[] base, byte[] target) {
    this.base = base;
    this.target = target;
    this.out = new PatchWriter(target.length - 1);
    this.budget = (long) COMPARISONS * target.length;
  }

  /**
   * The patch that makes {@code target} of {@code base}; pure, and it keeps nothing of either.
   *
   * <p>It never cuts a character in two, so the patch of a text in UTF-8 is a text in UTF-8.
   *
   * @return null when no patch was found that is shorter than {@code target} itself
   */
  public static @Nullable Bytes patch(Bytes base, Bytes target) {
    return base.isEmpty() || target.isEmpty()
        ? null
        : new FossilDelta(base.array(), target.array()).patch();
  }

  private @Nullable Bytes patch() {
    int prefix = commonPrefix();
    int suffix = commonSuffix(prefix);
    out.begin(target.length);
    copy(0, 0, prefix);
    search(prefix, target.length - suffix);
    copy(base.length - suffix, target.length - suffix, suffix);
    out.insert(target, written, target.length);
    out.end(target);
    return out.patch();
  }

  private int commonPrefix() {
    int difference = Arrays.mismatch(base, target);
    return difference < 0 ? target.length : difference;
  }

  /** As far as it doesn't overlap the prefix. */
  private int commonSuffix(int prefix) {
    int longest = Math.min(base.length, target.length) - prefix;
    int length = 0;
    while (length < longest
        && base[base.length - 1 - length] == target[target.length - 1 - length]) {
      length++;
    }
    return length;
  }

  /** Copies what is found of the target between two indices. */
  private void search(int from, int end) {
    if (end - from < BlockIndex.BLOCK || base.length < BlockIndex.BLOCK) {
      return;
    }
    var index = new BlockIndex(base);
    int last = end - BlockIndex.BLOCK;
    int at = from;
    int hash = BlockIndex.hash(target, at);
    while (at <= last && budget > 0 && !out.isFull()) {
      look(index, hash, at, end);
      if (bestLength > 0 && at - bestSince == BlockIndex.BLOCK) {
        at = copyBest() ? written : at + 1;
        hash = at <= last ? BlockIndex.hash(target, at) : 0;
      } else {
        hash = at < last ? BlockIndex.roll(hash, target, at) : 0;
        at++;
      }
    }
    copyBest();
  }

  /** Remembers the longest run through the window that one of the blocks belongs to. */
  private void look(BlockIndex index, int hash, int at, int end) {
    int block = index.first(hash);
    while (block >= 0 && budget > 0) {
      int start = block * BlockIndex.BLOCK;
      int after = extent(start, at, end);
      budget -= BlockIndex.BLOCK + after;
      if (after >= BlockIndex.BLOCK) {
        int before = extentBefore(start, at);
        if (before + after > bestLength) {
          bestSince = bestLength == 0 ? at : bestSince;
          bestLength = before + after;
          bestBase = start - before;
          bestTarget = at - before;
        }
      }
      block = index.next(block);
    }
  }

  private boolean copyBest() {
    int before = written;
    copy(bestBase, bestTarget, bestLength);
    bestLength = 0;
    return written > before;
  }

  /** How many bytes are the same from there on. */
  private int extent(int inBase, int inTarget, int end) {
    int difference = Arrays.mismatch(base, inBase, base.length, target, inTarget, end);
    return difference < 0 ? Math.min(base.length - inBase, end - inTarget) : difference;
  }

  /** How many bytes are the same before that and are not written yet. */
  private int extentBefore(int inBase, int inTarget) {
    int longest = Math.min(inBase, inTarget - written);
    int length = 0;
    while (length < longest && base[inBase - 1 - length] == target[inTarget - 1 - length]) {
      length++;
    }
    return length;
  }

  /** Writes a run as a copy, and what comes before it as it is; not if that would be longer. */
  private void copy(int fromBase, int fromTarget, int length) {
    int skipped = cut(fromTarget, fromTarget + length);
    int start = fromTarget + skipped;
    int end = fromTarget + length - cutBack(start, fromTarget + length);
    if (PatchWriter.isWorthwhile(end - start, fromBase + skipped)) {
      out.insert(target, written, start);
      out.copy(end - start, fromBase + skipped);
      written = end;
    }
  }

  /** Bytes to leave out so that a run of the target begins with a character. */
  private int cut(int from, int end) {
    int left = 0;
    while (left < CONTINUATIONS && from + left < end && continues(from + left)) {
      left++;
    }
    return left;
  }

  /** Bytes to leave out so that what follows a run of the target begins with a character. */
  private int cutBack(int from, int end) {
    int left = 0;
    while (left < CONTINUATIONS && end - left > from && continues(end - left)) {
      left++;
    }
    return left;
  }

  /** Whether a character in UTF-8 began before this index (RFC 3629, section 3). */
  private boolean continues(int index) {
    return index < target.length && (target[index] & 0xC0) == 0x80;
  }
}
