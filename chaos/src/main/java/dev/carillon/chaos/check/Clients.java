package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who is connected where and subscribed to what, as the clients themselves know it. */
final class Clients {
  /** A connection: the id that the server gave, and the node. */
  record Connection(String id, String node, Set<String> channels) {}

  private final Map<String, Connection> connections = new HashMap<>();

  /** Follows one operation of the history. */
  void follow(Operation operation) {
    switch (operation.op()) {
      case CONNECT ->
          connections.put(
              operation.client(),
              new Connection(operation.id(), operation.node(), new HashSet<>()));
      case DISCONNECT -> connections.remove(operation.client());
      case SUBSCRIBE, RECOVER -> channels(operation).add(operation.channel());
      case UNSUBSCRIBE -> channels(operation).remove(operation.channel());
      default -> {}
    }
  }

  private Set<String> channels(Operation operation) {
    var connection = connections.get(operation.client());
    return connection == null ? new HashSet<>() : connection.channels;
  }

  /** Whether this client is subscribed to the channel now. */
  boolean isSubscribed(String client, String channel) {
    var connection = connections.get(client);
    return connection != null && connection.channels.contains(channel);
  }

  /** The id of the client's connection; empty when it has none. */
  String id(String client) {
    var connection = connections.get(client);
    return connection == null ? "" : connection.id;
  }

  /** Ids of all who are subscribed to the channel now, in alphabetical order. */
  Set<String> present(String channel) {
    var ids = new TreeSet<String>();
    for (var connection : connections.values()) {
      if (connection.channels.contains(channel)) {
        ids.add(connection.id);
      }
    }
    return ids;
  }

  /** How many are connected to the node now. */
  long connected(String node) {
    return connections.values().stream().filter(c -> c.node.equals(node)).count();
  }
}
