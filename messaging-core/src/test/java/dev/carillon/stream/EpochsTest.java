package dev.carillon.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpochsTest {

  @Test
  void noneComesTwice() {
    var epochs = new Epochs(-7);
    var drawn = new HashSet<String>();
    for (int i = 0; i < 100_000; i++) {
      assertTrue(drawn.add(epochs.next()));
    }
  }

  @Test
  void threadsDrawDifferentOnes() {
    var epochs = new Epochs(1);
    var drawn =
        IntStream.range(0, 100_000).parallel().mapToObj(i -> epochs.next()).distinct().count();
    assertEquals(100_000, drawn);
  }

  @Test
  void theyAreShortWordsOfLettersAndDigits() {
    for (long start : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
      var epochs = new Epochs(start);
      Stream.generate(epochs::next)
          .limit(1_000)
          .forEach(epoch -> assertTrue(epoch.matches("[0-9a-z]{1,13}"), epoch));
    }
  }
}
