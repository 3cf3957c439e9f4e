package dev.carillon.channel;

/**
 * A place in the stream of a channel. An offset says nothing without its epoch, the identity of one
 * life of the stream: offsets never repeat within an epoch, and start again in the next.
 *
 * @param offset number of the last publication, the first of an epoch is 1, 0 is before the first
 * @param epoch identity of this life of the stream; empty when the channel keeps no history or, in
 *     a client's request, when the client does not know it
 */
public record StreamPosition(long offset, String epoch) {

  /** The position in a channel without history. */
  public static final StreamPosition NONE = new StreamPosition(0, "");

  public StreamPosition {
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " (expected: 0 or more)");
    }
  }

  public boolean sameEpoch(StreamPosition other) {
    return epoch.equals(other.epoch);
  }
}
