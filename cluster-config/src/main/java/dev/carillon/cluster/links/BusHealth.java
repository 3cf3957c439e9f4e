package dev.carillon.cluster.links;

/**
 * What a test of the bus found.
 *
 * @param well whether this node may get clients, as far as the bus is concerned
 * @param detail a few words for an operator
 */
public record BusHealth(boolean well, String detail) {

  /** Before the first test. */
  public static final BusHealth UNKNOWN = new BusHealth(false, "not tested yet");
}
