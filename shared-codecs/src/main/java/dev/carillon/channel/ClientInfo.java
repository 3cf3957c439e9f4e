package dev.carillon.channel;

/**
 * Who a client is, as other clients see it.
 *
 * @param user the user id, empty for an anonymous client; one user may have many clients
 * @param client the client id, unique for each connection
 * @param connInfo JSON from the connection token; empty when there is none
 * @param chanInfo JSON from the subscription token; empty when there is none
 */
public record ClientInfo(String user, String client, Bytes connInfo, Bytes chanInfo) {

  public ClientInfo withChanInfo(Bytes info) {
    return new ClientInfo(user, client, connInfo, info);
  }
}
