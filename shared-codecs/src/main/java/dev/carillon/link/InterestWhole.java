package dev.carillon.link;

import dev.carillon.channel.Bytes;
import dev.carillon.wire.Incarnation;

/**
 * All of a node's interest.
 *
 * @param bitmap one bit for each slot, the lowest bit of the first byte for slot 0
 */
public record InterestWhole(Incarnation from, long number, long at, long version, Bytes bitmap)
    implements InterestNews {

  public InterestWhole {
    if (bitmap.length() != Slots.BYTES) {
      throw new IllegalArgumentException(
          bitmap.length() + " bytes of interest (expected: " + Slots.BYTES + ")");
    }
  }
}
