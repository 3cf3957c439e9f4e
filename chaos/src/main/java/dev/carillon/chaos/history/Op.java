package dev.carillon.chaos.history;

import java.util.Locale;

/** What can happen to a client, as it is written in a history. */
public enum Op {
  /** Connected to {@code node}. */
  CONNECT,
  /** The connection ended, with its close code. */
  DISCONNECT,
  /** A publish was sent. */
  PUBLISH,
  /** It was acknowledged. */
  ACK,
  /** It was answered with an error {@code code}; it may have happened all the same. */
  NACK,
  /** A new subscription begins behind {@code offset} of {@code epoch}. */
  SUBSCRIBE,
  /** A subscription goes on: {@code recovered} says whether nothing is missing. */
  RECOVER,
  /** A publication came, live or recovered. */
  DELIVER,
  /** The server ended the subscription with {@code code}. */
  UNSUBSCRIBE,
  /** A publication stood in the history of the channel. */
  READ,
  /** Client {@code id} came to the channel, as a subscriber was told. */
  JOIN,
  /** Client {@code id} left the channel, as a subscriber was told. */
  LEAVE,
  /** Client {@code id} is present in the channel, as {@code node} says. */
  PRESENT,
  /** {@code node} counts {@code offset} connections of clients in its metrics. */
  COUNT,
  /** A fault begins; {@code id} is its name, {@code node} where. */
  FAULT,
  /**
   * What was done is undone: the link is whole, the process goes on or was started. The nodes may
   * not know it yet.
   */
  MENDED,
  /** The fault is over: every node is ready again and knows all others. */
  HEALED,
  /** The lab gave up waiting for that; the run ends. */
  UNHEALED,
  /** All publishers have stopped and every subscriber had time to catch up. */
  QUIET;

  /** The word in the file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The operation with this word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Op of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
