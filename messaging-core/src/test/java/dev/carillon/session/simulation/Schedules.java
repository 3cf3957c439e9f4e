package dev.carillon.session.simulation;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Random schedules for {@link Choices}. Made by hand, because a hundred thousand of them must cost
 * seconds; a failing one shrinks by leaving out runs of numbers and by setting numbers to 0.
 */
final class Schedules {

  private static final int SHORTEST = 40;
  private static final int LONGEST = 600;

  private Schedules() {}

  static Arbitrary<byte[]> arbitrary() {
    return Arbitraries.fromGenerator(random -> new Schedule(numbers(random)));
  }

  private static byte[] numbers(Random random) {
    byte[] numbers = new byte[SHORTEST + random.nextInt(LONGEST - SHORTEST)];
    random.nextBytes(numbers);
    return numbers;
  }

  /** The same numbers, begun later, the first ones last. */
  static byte[] turned(byte[] schedule, int by) {
    byte[] turned = new byte[schedule.length];
    for (int i = 0; i < schedule.length; i++) {
      turned[i] = schedule[(i + by) % schedule.length];
    }
    return turned;
  }

  private record Schedule(byte[] numbers) implements Shrinkable<byte[]> {

    @Override
    public byte[] value() {
      return numbers;
    }

    @Override
    public Stream<Shrinkable<byte[]>> shrink() {
      return Stream.concat(shorter(), calmer());
    }

    /** Without a half, a quarter, an eighth ... of it, wherever that is. */
    private Stream<Shrinkable<byte[]>> shorter() {
      return Stream.iterate(numbers.length / 2, run -> run > 0, run -> run / 2)
          .flatMap(
              run ->
                  Stream.iterate(0, from -> from < numbers.length, from -> from + run)
                      .map(from -> without(from, Math.min(run, numbers.length - from))));
    }

    private Shrinkable<byte[]> without(int from, int run) {
      byte[] rest = Arrays.copyOf(numbers, numbers.length - run);
      System.arraycopy(numbers, from + run, rest, from, numbers.length - from - run);
      return new Schedule(rest);
    }

    private Stream<Shrinkable<byte[]>> calmer() {
      return Stream.iterate(0, at -> at < numbers.length, at -> at + 1)
          .filter(at -> numbers[at] != 0)
          .map(
              at -> {
                byte[] calm = numbers.clone();
                calm[at] = 0;
                return new Schedule(calm);
              });
    }

    @Override
    public ShrinkingDistance distance() {
      long loud = 0;
      for (byte number : numbers) {
        loud += Byte.toUnsignedInt(number) == 0 ? 0 : 1;
      }
      return ShrinkingDistance.of(numbers.length, loud);
    }
  }
}
