package dev.carillon.link;

/**
 * The slots that a node tells its interest in instead of channels. Their number and the hash belong
 * to the wire: a change of either is a change of {@code WireIds.VERSION}, which members compare
 * before they serve.
 */
public final class Slots {

  /** With 10,000 channels 4 % are taken, with 100,000 a third; 4,096 would be full at 10,000. */
  public static final int COUNT = 262_144;

  /** A bitmap of all slots. */
  public static final int BYTES = COUNT / 8;

  private Slots() {}

  /**
   * The slot of a channel, the same on every node. {@link String#hashCode} is fixed by its
   * documentation; the mixing after it is the end of MurmurHash3, after which every bit counts.
   */
  public static int of(String channel) {
    int hash = channel.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
    hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
    return (hash ^ hash >>> 16) & COUNT - 1;
  }
}
