package dev.carillon.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of each user to this process, for the rules that count them; empty when there is
 * no such rule. Shared by the hubs, so it may be used from any thread; the lists are replaced,
 * never changed.
 */
final class Users {

  private final Map<String, List<ClientConnection>> byUser = new ConcurrentHashMap<>();

  /**
   * Adds the connection, once.
   *
   * @param limit connections that the user may have; 0: any number
   * @return false when there is no room, and then it is not added
   */
  boolean admit(String user, ClientConnection connection, int limit) {
    List<ClientConnection> all =
        byUser.compute(
            user,
            (name, before) -> {
              List<ClientConnection> others = before == null ? List.of() : before;
              boolean room = limit == 0 || others.size() < limit;
              return room && !others.contains(connection) ? with(others, connection) : before;
            });
    return all != null && all.contains(connection);
  }

  private static List<ClientConnection> with(
      List<ClientConnection> others, ClientConnection connection) {
    List<ClientConnection> all = new ArrayList<>(others);
    all.add(connection);
    return List.copyOf(all);
  }

  /** Closes the others that were admitted; from now on they do not count. */
  void endOthers(String user, ClientConnection connection) {
    List<ClientConnection> before = byUser.remove(user);
    if (before != null) {
      before.stream().filter(each -> each != connection).forEach(ClientConnection::supersede);
    }
  }

  void remove(String user, ClientConnection connection) {
    byUser.computeIfPresent(
        user,
        (name, all) -> {
          List<ClientConnection> others = all.stream().filter(each -> each != connection).toList();
          return others.isEmpty() ? null : others;
        });
  }
}
