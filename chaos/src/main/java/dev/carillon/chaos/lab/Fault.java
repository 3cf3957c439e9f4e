package dev.carillon.chaos.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the lab can do to a cluster. */
public enum Fault {
  /** One process is killed and started again. */
  KILL(Needs.NOTHING),
  /** One process is frozen for a while. */
  PAUSE(Needs.NOTHING),
  /** One node loses the others. */
  PARTITION(Needs.NETWORK),
  /** What one node sends to another is lost; the other way works. */
  ONE_WAY(Needs.NETWORK),
  /** The link of one node goes down and up every second. */
  FLAP(Needs.NETWORK),
  /** All nodes are stopped in order and started again, one after the other. */
  ROLLING(Needs.NOTHING),
  /** Clients that do not read sit in a busy channel. */
  SLOW(Needs.NOTHING),
  /** Redis is killed and started again, with all that it acknowledged. */
  REDIS(Needs.REDIS),
  /** Redis is emptied. */
  REDIS_FLUSH(Needs.REDIS);

  /** What a fault needs of the lab beside nodes. */
  private enum Needs {
    NOTHING,
    NETWORK,
    REDIS
  }

  private final Needs needs;

  Fault(Needs needs) {
    this.needs = needs;
  }

  /** Whether it needs a network that can be broken. */
  public boolean breaksNetwork() {
    return needs == Needs.NETWORK;
  }

  /** Whether it is only there when the streams are in Redis. */
  public boolean needsRedis() {
    return needs == Needs.REDIS;
  }

  /** Whether it is something that happens to one node. */
  boolean strikesOne() {
    return this != ROLLING && this != SLOW && !needsRedis();
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
            () -> {
              var known = String.join(", ", words());
              return new IllegalArgumentException(word + " (expected: some of " + known + ")");
            });
  }
}
