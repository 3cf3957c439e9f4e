package dev.carillon.chaos.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the lab can do to a cluster. */
public enum Fault {
  /** One process is killed and started again. */
  KILL(false),
  /** One process is frozen for a while. */
  PAUSE(false),
  /** One node loses the others. */
  PARTITION(true),
  /** What one node sends to another is lost; the other way works. */
  ONE_WAY(true),
  /** The link of one node goes down and up every second. */
  FLAP(true),
  /** All nodes are stopped in order and started again, one after the other. */
  ROLLING(false),
  /** Clients that do not read sit in a busy channel. */
  SLOW(false);

  private final boolean breaksNetwork;

  Fault(boolean breaksNetwork) {
    this.breaksNetwork = breaksNetwork;
  }

  /** Whether it needs a network that can be broken. */
  public boolean breaksNetwork() {
    return breaksNetwork;
  }

  /** Its name on the command line and in the verdict. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names. */
  public static List<String> words() {
    return Stream.of(values()).map(Fault::word).toList();
  }

  /**
   * The fault of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Fault of(String word) {
    return Stream.of(values())
        .filter(fault -> fault.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(word + " (expected: some of " + words() + ")"));
  }
}
