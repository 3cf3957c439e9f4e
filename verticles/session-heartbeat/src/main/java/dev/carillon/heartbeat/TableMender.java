package dev.carillon.heartbeat;

import dev.carillon.port.SessionRegistry;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Compares the table with what is known. They differ when the table lost rows together with all
 * their copies, or got old ones back when two halves of a cluster merged.
 */
final class TableMender {

  private final SessionRegistry registry;

  TableMender(SessionRegistry registry) {
    this.registry = registry;
  }

  /** Leaves in the table's changes what has to be mended. Nothing may be written meanwhile. */
  Future<Void> mend(SessionTable table, Set<Incarnation> live) {
    return registry.countByOwner().compose(counts -> mend(table, live, counts));
  }

  private Future<Void> mend(
      SessionTable table, Set<Incarnation> live, Map<Incarnation, Integer> counts) {
    Set<Incarnation> owners = new HashSet<>(counts.keySet());
    owners.addAll(live);
    Future<Void> all = Future.succeededFuture();
    for (Incarnation owner : owners) {
      if (!live.contains(owner)) {
        all = all.compose(before -> registry.idsOf(owner)).map(ids -> stranger(table, ids));
      } else if (table.isKnown(owner) && table.count(owner) != counts.getOrDefault(owner, 0)) {
        all = all.compose(before -> registry.idsOf(owner)).map(ids -> member(table, owner, ids));
      }
    }
    return all;
  }

  private static Void stranger(SessionTable table, Set<String> stored) {
    table.strangers(stored);
    return null;
  }

  private static Void member(SessionTable table, Incarnation owner, Set<String> stored) {
    table.reconcile(owner, stored);
    return null;
  }
}
