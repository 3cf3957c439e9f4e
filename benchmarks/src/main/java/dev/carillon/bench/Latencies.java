package dev.carillon.bench;

import java.util.Arrays;

/** Times from publish to delivery, in microseconds. Belongs to one thread while it fills. */
final class Latencies {

  private int[] micros = new int[1 << 16];
  private int count;

  void add(long nanos) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, count * 2);
    }
    micros[count++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1_000);
  }

  void clear() {
    count = 0;
  }

  /** The time in milliseconds that this part of all deliveries did not exceed. */
  double millis(double part) {
    if (count == 0) {
      return 0;
    }
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, (long) (part * count))] / 1_000.0;
  }
}
