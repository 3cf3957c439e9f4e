package dev.carillon.chat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 that comes in pieces (RFC 3629 section 4). The state between two pieces is one
 * int, so that a connection that is between two messages keeps nothing.
 */
final class Utf8 {

  /** Between two characters: the only state in which a text may end. */
  static final int COMPLETE = 0;

  /** No continuation makes this valid. */
  static final int INVALID = -1;

  // The other states name what has to follow: some bytes of 80..BF, or first a narrower one.
  private static final int ONE_MORE = 1;
  private static final int TWO_MORE = 2;
  private static final int THREE_MORE = 3;
  private static final int AFTER_E0 = 4;
  private static final int AFTER_ED = 5;
  private static final int AFTER_F0 = 6;
  private static final int AFTER_F4 = 7;

  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /** The state after these bytes, {@link #INVALID} from the first impossible byte on. */
  static int check(int state, byte[] bytes, int from, int to) {
    int now = state;
    int i = from;
    while (i < to && now != INVALID) {
      if (now == COMPLETE) {
        i = skipAscii(bytes, i, to);
        now = i < to ? lead(bytes[i++] & 0xFF) : COMPLETE;
      } else {
        now = continuation(now, bytes[i++] & 0xFF);
      }
    }
    return now;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private static int lead(int b) {
    if (b >= 0xC2 && b <= 0xDF) {
      return ONE_MORE;
    }
    return switch (b) {
      case 0xE0 -> AFTER_E0;
      case 0xED -> AFTER_ED;
      case 0xF0 -> AFTER_F0;
      case 0xF1, 0xF2, 0xF3 -> THREE_MORE;
      case 0xF4 -> AFTER_F4;
      default -> b >= 0xE1 && b <= 0xEF ? TWO_MORE : INVALID;
    };
  }

  /** E0 and F0 exclude overlong forms, ED surrogates, F4 what lies beyond U+10FFFF. */
  private static int continuation(int state, int b) {
    return switch (state) {
      case ONE_MORE -> within(b, 0x80, 0xBF, COMPLETE);
      case TWO_MORE -> within(b, 0x80, 0xBF, ONE_MORE);
      case THREE_MORE -> within(b, 0x80, 0xBF, TWO_MORE);
      case AFTER_E0 -> within(b, 0xA0, 0xBF, ONE_MORE);
      case AFTER_ED -> within(b, 0x80, 0x9F, ONE_MORE);
      case AFTER_F0 -> within(b, 0x90, 0xBF, TWO_MORE);
      case AFTER_F4 -> within(b, 0x80, 0x8F, TWO_MORE);
      default -> throw new IllegalStateException(state + " (expected: a state of this class)");
    };
  }

  private static int within(int b, int low, int high, int next) {
    return b >= low && b <= high ? next : INVALID;
  }
}
