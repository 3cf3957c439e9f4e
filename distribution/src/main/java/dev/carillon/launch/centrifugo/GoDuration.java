package dev.carillon.launch.centrifugo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Durations as Centrifugo reads them: a sum of decimal numbers with units, such as {@code 1h30m},
 * {@code 1.5s} or {@code 300ms}; a number alone counts nanoseconds (Go, package time,
 * ParseDuration).
 */
final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{0,9})?)(ns|us|ms|s|m|h)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");
  private static final Pattern NANOSECONDS = Pattern.compile("\\d{1,18}");

  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000L),
          "ms", BigDecimal.valueOf(1_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private GoDuration() {}

  /** Whether the text is a duration. */
  static boolean isOne(String text) {
    return NANOSECONDS.matcher(text).matches() || WHOLE.matcher(text).matches();
  }

  /** The duration that {@link #isOne} recognised. */
  static Duration parse(String text) {
    if (NANOSECONDS.matcher(text).matches()) {
      return Duration.ofNanos(Long.parseLong(text));
    }
    var sum = BigDecimal.ZERO;
    var part = PART.matcher(text);
    while (part.find()) {
      var unit = NANOS.getOrDefault(part.group(2), BigDecimal.ZERO);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return Duration.ofSeconds(
        sum.divideToIntegralValue(NANOS.get("s")).longValue(),
        sum.remainder(NANOS.get("s")).longValue());
  }
}
