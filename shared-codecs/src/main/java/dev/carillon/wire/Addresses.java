package dev.carillon.wire;

/**
 * The event-bus addresses of the system: three for each incarnation of a node, none for a channel.
 * Each clustered consumer is an entry that every member walks when a member dies, so their number
 * must not grow with channels or clients.
 */
public final class Addresses {

  private Addresses() {}

  /** Publications from other nodes, in batched frames. */
  public static String data(Incarnation node) {
    return "carillon." + node + ".data";
  }

  /** Commands and announcements, one way. */
  public static String control(Incarnation node) {
    return "carillon." + node + ".control";
  }

  /** Questions that are answered. */
  public static String query(Incarnation node) {
    return "carillon." + node + ".query";
  }
}
