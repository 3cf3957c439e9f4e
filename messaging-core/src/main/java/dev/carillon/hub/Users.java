package dev.carillon.hub;

import dev.carillon.port.NodeLinks;
import dev.carillon.protocol.Disconnect;
import dev.carillon.sessions.SupersedeConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections of each user to this process, for the rules that count them; empty when there is
 * no such rule. Shared by the hubs, so it may be used from any thread; the lists are replaced,
 * never changed.
 *
 * <p>Where a user may have one connection only, a new one is told to all nodes, and each closes
 * what it has of the user from before. Two that come at the same time on two nodes are told both
 * ways, and everybody keeps the same one of them. Messages to other nodes may get lost together
 * with a link: then more than one stays until the next connection of the user.
 */
final class Users {

  /**
   * A connection that counts.
   *
   * @param stamp when it came
   */
  private record Admitted(ClientConnection connection, long stamp) {

    boolean isBefore(SupersedeConnections order) {
      return stamp < order.stamp()
          || stamp == order.stamp() && connection.id().compareTo(order.client()) < 0;
    }
  }

  private final NodeLinks links;
  private final Map<String, List<Admitted>> byUser = new ConcurrentHashMap<>();

  /**
   * The greatest stamp seen. Stamps are milliseconds since 1970, but grow with everything that is
   * heard of other nodes: who comes after a connection has heard of it wins, whatever the clocks
   * say.
   */
  private final AtomicLong latest = new AtomicLong();

  Users(NodeLinks links) {
    this.links = links;
    links.onMessage(SupersedeConnections.class, (from, order) -> heard(order));
  }

  /**
   * Adds the connection, once.
   *
   * @param limit connections that the user may have to this process
   * @return false when there is no room, and then it is not added
   */
  boolean admit(String user, ClientConnection connection, int limit) {
    List<Admitted> all =
        byUser.compute(
            user,
            (name, before) -> {
              List<Admitted> others = before == null ? List.of() : before;
              return others.size() < limit && !holds(others, connection)
                  ? with(others, new Admitted(connection, stamp()))
                  : before;
            });
    return all != null && holds(all, connection);
  }

  private static boolean holds(List<Admitted> all, ClientConnection connection) {
    return all.stream().anyMatch(each -> each.connection() == connection);
  }

  private static List<Admitted> with(List<Admitted> others, Admitted fresh) {
    List<Admitted> all = new ArrayList<>(others);
    all.add(fresh);
    return List.copyOf(all);
  }

  /** Adds the connection and closes all others of the user, on all nodes (3504). */
  void admitAlone(String user, ClientConnection connection) {
    List<Admitted> superseded = new ArrayList<>();
    List<Admitted> alone =
        byUser.compute(
            user,
            (name, before) -> {
              superseded.addAll(before == null ? List.of() : before);
              return List.of(new Admitted(connection, stamp()));
            });
    superseded.forEach(each -> supersede(each.connection()));
    links.broadcast(new SupersedeConnections(user, connection.id(), alone.get(0).stamp()));
  }

  /** A node, perhaps this one, has a connection of the user that ends those before it. */
  private void heard(SupersedeConnections order) {
    // First, so that who is admitted from now on comes after it.
    latest.accumulateAndGet(order.stamp(), Math::max);
    List<Admitted> superseded = new ArrayList<>();
    byUser.computeIfPresent(
        order.user(),
        (name, all) -> {
          all.stream().filter(each -> each.isBefore(order)).forEach(superseded::add);
          return without(all, superseded);
        });
    superseded.forEach(each -> supersede(each.connection()));
  }

  private static void supersede(ClientConnection connection) {
    connection.session(session -> session.close(Disconnect.CONNECTION_LIMIT));
  }

  private long stamp() {
    long now = System.currentTimeMillis();
    return latest.updateAndGet(before -> Math.max(before + 1, now));
  }

  void remove(String user, ClientConnection connection) {
    byUser.computeIfPresent(
        user,
        (name, all) ->
            without(all, all.stream().filter(each -> each.connection() == connection).toList()));
  }

  private static @Nullable List<Admitted> without(List<Admitted> all, List<Admitted> gone) {
    List<Admitted> others = all.stream().filter(each -> !gone.contains(each)).toList();
    return others.isEmpty() ? null : others;
  }
}
