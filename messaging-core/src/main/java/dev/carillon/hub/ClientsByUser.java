package dev.carillon.hub;

import dev.carillon.control.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connected clients of one event loop by their users, so that an order for one of these costs
 * nothing for the others. Owned by that event loop.
 */
final class ClientsByUser {

  /** Nearly every user has one connection: a small set for that, a growing one from two on. */
  private final Map<String, Set<ClientConnection>> byUser = new HashMap<>();

  private int count;

  void add(String user, ClientConnection connection) {
    Set<ClientConnection> before = byUser.putIfAbsent(user, Set.of(connection));
    if (before instanceof HashSet) {
      before.add(connection);
    } else if (before != null) {
      Set<ClientConnection> several = new HashSet<>(before);
      several.add(connection);
      byUser.put(user, several);
    }
    count++;
  }

  /** Does nothing when the client was never added. */
  void remove(String user, ClientConnection connection) {
    Set<ClientConnection> all = byUser.get(user);
    if (all == null || !all.contains(connection)) {
      return;
    }
    count--;
    if (all.size() == 1) {
      byUser.remove(user);
    } else {
      all.remove(connection);
    }
  }

  /** Those that are meant, as of now. */
  List<ClientConnection> of(Target target) {
    return byUser.getOrDefault(target.user(), Set.of()).stream()
        .filter(connection -> target.includes(connection.id()))
        .toList();
  }

  int count() {
    return count;
  }

  /** As of now; the empty user is one. */
  List<String> users() {
    return List.copyOf(byUser.keySet());
  }
}
