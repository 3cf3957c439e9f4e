package dev.carillon.chaos.check;

import java.util.List;
import java.util.Optional;

/** The least, the middle and the greatest of some numbers; of two in the middle the lower one. */
public record Spread(long min, long median, long max) {

  /** Of these numbers; nothing of none. */
  static Optional<Spread> of(List<Long> numbers) {
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    var sorted = numbers.stream().sorted().toList();
    int last = sorted.size() - 1;
    return Optional.of(new Spread(sorted.get(0), sorted.get(last / 2), sorted.get(last)));
  }
}
