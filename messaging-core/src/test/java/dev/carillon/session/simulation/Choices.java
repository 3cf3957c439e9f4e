package dev.carillon.session.simulation;

import java.util.List;

/** What chance decides in one schedule: a list of small numbers, and then always the first. */
final class Choices {

  private final byte[] numbers;
  private int next;

  Choices(byte[] numbers) {
    this.numbers = numbers;
  }

  boolean isOver() {
    return next >= numbers.length;
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return isOver() ? 0 : Byte.toUnsignedInt(numbers[next++]) % bound;
  }

  /** True about once in so many times. */
  boolean once(int in) {
    return below(in) == in - 1;
  }

  <T> T of(List<T> some) {
    return some.get(below(some.size()));
  }
}
