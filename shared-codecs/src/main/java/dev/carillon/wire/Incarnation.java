package dev.carillon.wire;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * One life of one node as a member of the cluster: 128 bits, random but for six. A process that
 * comes back after the cluster took it for dead has a new one, so that nothing it owned before can
 * rise again.
 */
public record Incarnation(long high, long low) implements Comparable<Incarnation> {

  private static final SecureRandom RANDOM = new SecureRandom();

  public static Incarnation random() {
    return new Incarnation(RANDOM.nextLong(), RANDOM.nextLong());
  }

  public static Incarnation of(UUID uuid) {
    return new Incarnation(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /** Reads what {@link #toString} wrote. */
  public static Incarnation parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException(hex + " (expected: 32 hexadecimal digits)");
    }
    return new Incarnation(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  @Override
  public int compareTo(Incarnation other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return hex(high) + hex(low);
  }

  private static String hex(long half) {
    String digits = Long.toHexString(half);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
