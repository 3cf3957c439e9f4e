package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of each publication in a whole history, and what is known of publications and
 * connections at the place to which the history was followed.
 */
final class Fates {
  private final Set<String> lost;
  private final Set<String> doubled;
  private final Map<String, Long> published = new HashMap<>();
  private final Map<String, String> connections = new HashMap<>();

  private Fates(Set<String> lost, Set<String> doubled) {
    this.lost = lost;
    this.doubled = doubled;
  }

  static Fates of(List<Operation> history) {
    return new Fates(Durability.lost(history), Uniqueness.doubled(history));
  }

  /** Follows one operation of the history. */
  void follow(Operation operation) {
    if (operation.op() == Op.PUBLISH) {
      published.put(operation.id(), operation.at());
    } else if (operation.op() == Op.CONNECT) {
      connections.put(operation.client(), operation.id());
    }
  }

  /** Whether the publication was acknowledged and never seen. */
  boolean isLost(String publication) {
    return lost.contains(publication);
  }

  /** Whether the publication has two positions or shares one. */
  boolean isDoubled(String publication) {
    return doubled.contains(publication);
  }

  /** How long it took to acknowledge this, in milliseconds. */
  long patience(Operation ack) {
    return ack.at() - published.getOrDefault(ack.id(), ack.at());
  }

  /** The id that the client has or had last; empty when it never had one. */
  String connection(String client) {
    return connections.getOrDefault(client, "");
  }
}
