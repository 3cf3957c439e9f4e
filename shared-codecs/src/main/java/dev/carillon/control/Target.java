package dev.carillon.control;

/**
 * The connections that an order is for.
 *
 * @param user whose connections; empty for those without a user, never for all
 * @param client the id of the only one that is meant; empty for all of the user
 */
public record Target(String user, String client) {

  /** All connections of a user. */
  public static Target user(String user) {
    return new Target(user, "");
  }

  /** Whether this connection of the user is meant. */
  public boolean includes(String id) {
    return client.isEmpty() || client.equals(id);
  }
}
