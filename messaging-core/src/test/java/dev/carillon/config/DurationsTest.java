package dev.carillon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "300ms, PT0.3S, 300ms",
    "25s, PT25S, 25s",
    "1h30m, PT1H30M, 1h30m",
    "24h, PT24H, 24h",
    "2d, PT48H, 48h",
    "90s, PT1M30S, 1m30s",
    "0, PT0S, 0s",
    "0s, PT0S, 0s",
  })
  void unitsAddUp(String text, Duration duration, String shortest) {
    assertEquals(duration, Durations.parse(text));
    assertEquals(shortest, Durations.format(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1.5s", "s", "-1s", "1s1h", "1 s", "1S"})
  void otherFormsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @Test
  void whatIsFormattedIsReadBack() {
    var duration = Duration.ofMillis(90_061_001);
    assertEquals(duration, Durations.parse(Durations.format(duration)));
  }
}
