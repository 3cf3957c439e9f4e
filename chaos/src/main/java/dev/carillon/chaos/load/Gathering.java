package dev.carillon.chaos.load;

import java.util.List;
import java.util.Random;

/**
 * Brings clients of one kind back to their own nodes. Without it a node that was struck once would
 * have nobody any more who could see what it does wrong when it is struck again.
 */
final class Gathering {
  private final List<LabClient> clients;
  private final List<Target> nodes;
  private final Random random;

  /** Of these clients; each node has to be the own one of at least one. */
  Gathering(List<LabClient> clients, List<Target> nodes, Random random) {
    this.clients = List.copyOf(clients);
    this.nodes = List.copyOf(nodes);
    this.random = random;
  }

  /** Half of those who are away go back, and everybody whose own node has nobody. */
  void begin() {
    for (var client : clients) {
      if (random.nextBoolean()) {
        client.goHome();
      }
    }
    isEverywhere();
  }

  /** Whether every node has somebody; if not, those who belong there are called again. */
  boolean isEverywhere() {
    boolean everywhere = true;
    for (var node : nodes) {
      if (clients.stream().noneMatch(client -> client.place().equals(node.name()))) {
        everywhere = false;
        clients.stream().filter(client -> client.home().equals(node)).forEach(LabClient::goHome);
      }
    }
    return everywhere;
  }
}
