package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * I6: when all is quiet every node says of each channel that exactly the subscribed clients are
 * present, and whoever stays subscribed is told of each coming and going once: of all that it was
 * told have come, those who are gone it was told have left.
 */
final class PresenceTruth implements Invariant {
  private static final String IN = " in ";

  @Override
  public List<String> violations(List<Operation> history) {
    var broken = new ArrayList<>(answers(history));
    broken.addAll(comings(history));
    return broken;
  }

  /** An answer begins with a line without an id, and has one for each client. */
  private static List<String> answers(List<Operation> history) {
    var clients = new Clients();
    var answers = new LinkedHashMap<String, Set<String>>();
    var expected = new HashMap<String, Set<String>>();
    for (var operation : history) {
      if (operation.op() != Op.PRESENT) {
        clients.follow(operation);
        continue;
      }
      var key = operation.node() + " of " + operation.channel();
      var answer = answers.computeIfAbsent(key, asked -> new TreeSet<>());
      if (operation.id().isEmpty()) {
        answer.clear();
        expected.put(key, clients.present(operation.channel()));
      } else {
        answer.add(operation.id());
      }
    }
    var broken = new ArrayList<String>();
    answers.forEach(
        (key, answer) -> {
          var wanted = expected.getOrDefault(key, Set.of());
          if (!answer.equals(wanted)) {
            broken.add(key + ": says " + answer + " (expected: " + wanted + ")");
          }
        });
    return broken;
  }

  private static List<String> comings(List<Operation> history) {
    Map<String, Set<String>> joined = new HashMap<>();
    Map<String, Set<String>> left = new HashMap<>();
    var clients = new Clients();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      clients.follow(operation);
      var key = operation.client() + IN + operation.channel();
      switch (operation.op()) {
        case SUBSCRIBE, RECOVER, UNSUBSCRIBE -> {
          joined.remove(key);
          left.remove(key);
        }
        case DISCONNECT -> {
          joined.keySet().removeIf(k -> k.startsWith(operation.client() + IN));
          left.keySet().removeIf(k -> k.startsWith(operation.client() + IN));
        }
        case JOIN -> twice(key, operation, joined, left, broken);
        case LEAVE -> twice(key, operation, left, joined, broken);
        case QUIET -> untold(joined, clients, broken);
        default -> {}
      }
    }
    return broken;
  }

  private static void untold(
      Map<String, Set<String>> joined, Clients clients, List<String> broken) {
    joined.forEach(
        (key, ids) -> {
          var gone = new TreeSet<>(ids);
          gone.removeAll(clients.present(key.substring(key.indexOf(IN) + IN.length())));
          gone.forEach(id -> broken.add(key + ": never told of the leave of " + id));
        });
  }

  private static void twice(
      String key,
      Operation operation,
      Map<String, Set<String>> told,
      Map<String, Set<String>> opposite,
      List<String> broken) {
    if (!told.computeIfAbsent(key, k -> new HashSet<>()).add(operation.id())) {
      broken.add(key + ": told twice of the " + operation.op().word() + " of " + operation.id());
    }
    opposite.computeIfAbsent(key, k -> new HashSet<>()).remove(operation.id());
  }
}
