package dev.carillon.delta;

import dev.carillon.channel.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands of one patch: {@code <length of the target>\n}, then {@code <n>@<offset>,}
 * for a copy out of the base and {@code <n>:<bytes>} for an insertion, at the end {@code
 * <checksum>;}. Once it would be too long, nothing more is written and there is no patch.
 */
final class PatchWriter {

  private static final byte[] DIGITS =
      Bytes.utf8("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~").array();

  private static final int DIGIT_BITS = 6;
  private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

  /** The two signs of a copy, and what the insertion after it needs for one more head. */
  private static final int COPY_SIGNS = 4;

  private final int maxLength;
  private byte[] bytes;
  private int length;
  private boolean full;

  /**
   * @param maxLength bytes of the patch
   */
  PatchWriter(int maxLength) {
    this.maxLength = maxLength;
    this.bytes = new byte[Math.min(maxLength, 256)];
  }

  /** Whether a copy takes less room than the bytes themselves. */
  static boolean isWorthwhile(int length, int offset) {
    return length > digits(length) + digits(offset) + COPY_SIGNS;
  }

  void begin(int targetLength) {
    number(targetLength);
    sign('\n');
  }

  void copy(int count, int offset) {
    number(count);
    sign('@');
    number(offset);
    sign(',');
  }

  /** The bytes from {@code from} up to, not including, {@code end}; nothing if there are none. */
  void insert(byte[] target, int from, int end) {
    int count = end - from;
    if (count > 0) {
      number(count);
      sign(':');
      if (reserve(count)) {
        System.arraycopy(target, from, bytes, length, count);
        length += count;
      }
    }
  }

  void end(byte[] target) {
    number(checksum(target));
    sign(';');
  }

  /** Whether it became too long. */
  boolean isFull() {
    return full;
  }

  /** What was written; null if it became too long. */
  @Nullable Bytes patch() {
    return full ? null : Bytes.of(Arrays.copyOf(bytes, length));
  }

  /** The sum of the words of 32 bits, the first byte first; the last one is filled with zeros. */
  static int checksum(byte[] target) {
    int sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += (target[i] & 0xFF) << (24 - 8 * (i & 3));
    }
    return sum;
  }

  /** Unsigned, the greatest digit first. */
  private void number(int value) {
    int digits = digits(value);
    if (reserve(digits)) {
      for (int i = digits - 1; i >= 0; i--) {
        bytes[length++] = DIGITS[value >>> (i * DIGIT_BITS) & DIGIT_MASK];
      }
    }
  }

  private static int digits(int value) {
    return 1 + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value | 1)) / DIGIT_BITS;
  }

  private void sign(char sign) {
    if (reserve(1)) {
      bytes[length++] = (byte) sign;
    }
  }

  private boolean reserve(int more) {
    full |= length + more > maxLength;
    if (!full && length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(maxLength, Math.max(length + more, 2 * length)));
    }
    return !full;
  }
}
