package dev.carillon.chat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masks and unmasks payload, which is the same operation (RFC 6455 section 5.3). */
final class Masking {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masking() {}

  /**
   * Applies the masking key in place.
   *
   * @param mask the four bytes of the key, the first one highest
   * @param position of the first byte in the payload of its frame
   */
  static void apply(int mask, int position, byte[] bytes, int from, int count) {
    if (mask == 0) {
      return;
    }
    int turned = Integer.rotateLeft(mask, (position & 3) * Byte.SIZE);
    long wide = (long) turned << Integer.SIZE | turned & 0xFFFFFFFFL;
    int to = from + count;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ wide);
    }
    for (int shift = 24; i < to; i++, shift = (shift + 24) & 31) {
      bytes[i] ^= (byte) (turned >>> shift);
    }
  }
}
