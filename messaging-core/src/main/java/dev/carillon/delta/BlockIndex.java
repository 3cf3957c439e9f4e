package dev.carillon.delta;

/**
 * The blocks that a base consists of, found by their hash. Blocks stand side by side, so any run of
 * two blocks' length that is also in the base holds one of them whole.
 */
final class BlockIndex {

  /** Bytes of a block. A shorter run would hardly pay for the command that copies it. */
  static final int BLOCK = 16;

  /** Any odd number; this one spreads neighbouring values (Knuth's multiplicative hash). */
  private static final int FACTOR = 0x9E37_79B1;

  /** The weight of the first byte of a block. */
  private static final int LEADING = leading();

  private final int shift;

  // The newest block of each bucket and the one before each block, as number plus one.
  private final int[] newest;
  private final int[] before;

  BlockIndex(byte[] base) {
    int blocks = base.length / BLOCK;
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(blocks));
    this.shift = Integer.SIZE - bits;
    this.newest = new int[1 << bits];
    this.before = new int[blocks];
    // From the last to the first: the first ones are looked at first.
    for (int block = blocks - 1; block >= 0; block--) {
      int bucket = bucket(hash(base, block * BLOCK));
      before[block] = newest[bucket];
      newest[bucket] = block + 1;
    }
  }

  private static int leading() {
    int weight = 1;
    for (int i = 1; i < BLOCK; i++) {
      weight *= FACTOR;
    }
    return weight;
  }

  /** Of the block that starts there. */
  static int hash(byte[] bytes, int start) {
    int hash = 0;
    for (int i = start; i < start + BLOCK; i++) {
      hash = hash * FACTOR + bytes[i];
    }
    return hash;
  }

  /** The hash of the block one byte further on, from the hash of the one that starts there. */
  static int roll(int hash, byte[] bytes, int start) {
    return (hash - bytes[start] * LEADING) * FACTOR + bytes[start + BLOCK];
  }

  private int bucket(int hash) {
    return hash * FACTOR >>> shift;
  }

  /** The number of a block that may have this hash; -1 if there is none. */
  int first(int hash) {
    return newest[bucket(hash)] - 1;
  }

  /** The next one; -1 if there is none. */
  int next(int block) {
    return before[block] - 1;
  }
}
