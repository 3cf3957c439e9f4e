package dev.carillon.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Applies patches as strictly as the strictest SDK. */
public final class FossilPatch {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

  private final byte[] base;
  private final byte[] patch;
  private int at;

  private FossilPatch(byte[] base, byte[] patch) {
    this.base = base;
    this.patch = patch;
  }

  public static Bytes apply(Bytes base, Bytes patch) {
    return new FossilPatch(base.array(), patch.array()).target();
  }

  private Bytes target() {
    var target = new ByteArrayOutputStream();
    long length = number();
    sign('\n');
    while (true) {
      int number = (int) number();
      switch (patch[at++]) {
        case '@' -> {
          int offset = (int) number();
          sign(',');
          assertTrue(number > 0 && offset + number <= base.length, "a copy inside the base");
          target.write(base, offset, number);
        }
        case ':' -> {
          assertTrue(number > 0 && at + number <= patch.length, "an insertion inside the patch");
          target.write(patch, at, number);
          at += number;
        }
        case ';' -> {
          assertEquals(patch.length, at);
          assertEquals(length, target.size());
          assertEquals(checksum(target.toByteArray()), number);
          return Bytes.of(target.toByteArray());
        }
        default -> throw new AssertionError((char) patch[at - 1] + " (expected: @ : ;)");
      }
    }
  }

  private static int checksum(byte[] target) {
    ByteBuffer words = ByteBuffer.allocate((target.length + 3) / 4 * 4).put(target).rewind();
    int sum = 0;
    while (words.hasRemaining()) {
      sum += words.getInt();
    }
    return sum;
  }

  private long number() {
    assertTrue(patch[at] != '0' || DIGITS.indexOf(patch[at + 1]) < 0, "no leading zero");
    long number = 0;
    while (DIGITS.indexOf(patch[at]) >= 0) {
      number = number * 64 + DIGITS.indexOf(patch[at++]);
    }
    return number;
  }

  private void sign(char sign) {
    assertEquals(sign, (char) patch[at++]);
  }
}
