package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * I6: when all is quiet every node says of each channel that exactly the subscribed clients are
 * present, and whoever stays subscribed has been told so ({@link Comings}).
 */
final class PresenceTruth implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var broken = new ArrayList<>(answers(history));
    broken.addAll(new Comings().violations(history));
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
}
