package dev.carillon.sessions;

import dev.carillon.wire.Incarnation;

/**
 * One connection of one verticle, a row of the cluster's table of sessions.
 *
 * @param id unique in the cluster: the client id for WebSocket clients, random for the others
 * @param owner the incarnation that holds the socket
 * @param node its name
 * @param client what the client calls itself: SDK name, or empty
 * @param user the user id; empty when anonymous or when the protocol has no users
 * @param address remote host and port
 * @param transport {@code websocket}, {@code tcp}, {@code http/1.1}, {@code h2} …
 * @param since when it was opened, milliseconds since 1970 by the owner's clock
 * @param stats numbers that change while it lives
 */
public record SessionRecord(
    String id,
    Incarnation owner,
    String node,
    String client,
    String user,
    String address,
    String transport,
    long since,
    SessionStats stats) {

  public SessionRecord withClient(String client, String user) {
    return new SessionRecord(id, owner, node, client, user, address, transport, since, stats);
  }

  public SessionRecord withStats(SessionStats latest) {
    return new SessionRecord(id, owner, node, client, user, address, transport, since, latest);
  }
}
