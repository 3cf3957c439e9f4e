package dev.carillon.channel;

import java.time.Duration;

/**
 * How long the stream of a channel remembers, from the options of its namespace.
 *
 * @param historySize publications kept at most; 0 keeps none
 * @param historyTtl how long a publication is kept; zero keeps none
 * @param metaTtl how long offset and epoch outlive the last publication; at least historyTtl
 */
public record StreamOptions(int historySize, Duration historyTtl, Duration metaTtl) {

  /** A channel without history: publications are delivered live and have no position. */
  public static final StreamOptions LIVE_ONLY = new StreamOptions(0, Duration.ZERO, Duration.ZERO);

  /** Both size and time must be set, else the channel keeps no history. */
  public boolean keepsHistory() {
    return historySize > 0 && historyTtl.compareTo(Duration.ZERO) > 0;
  }
}
