package dev.carillon.chaos;

/**
 * When a run has had its faults: whichever limit comes first.
 *
 * @param millis after which no other fault begins
 * @param strikes after which none does
 */
record Length(long millis, int strikes) {

  static Length minutes(double minutes) {
    return new Length((long) (minutes * 60_000), Integer.MAX_VALUE);
  }

  static Length strikes(int strikes) {
    return new Length(Long.MAX_VALUE, strikes);
  }

  boolean isOver(long elapsedMillis, int struck) {
    return elapsedMillis >= millis || struck >= strikes;
  }
}
