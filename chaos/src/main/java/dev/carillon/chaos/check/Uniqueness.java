package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** I2: a position holds one publication, and a publication has one position. */
final class Uniqueness implements Invariant {
  /** A line about publications that are not where they should be, and their ids. */
  private record Complaint(String line, Set<String> ids) {}

  @Override
  public List<String> violations(List<Operation> history) {
    return complaints(history).stream().map(Complaint::line).distinct().toList();
  }

  /** Ids of publications that have two positions or share one. */
  static Set<String> doubled(List<Operation> history) {
    return complaints(history).stream()
        .flatMap(complaint -> complaint.ids.stream())
        .collect(Collectors.toSet());
  }

  private static List<Complaint> complaints(List<Operation> history) {
    var idAt = new HashMap<String, String>();
    var positionOf = new HashMap<String, String>();
    var broken = new ArrayList<Complaint>();
    var strays = new Strays();
    for (var operation : history) {
      strays.follow(operation);
      boolean placed = operation.op() == Op.DELIVER || operation.op() == Op.READ;
      if (!placed || strays.isStray(operation)) {
        continue;
      }
      var id = operation.id();
      var position = operation.channel() + " " + operation.epoch() + " " + operation.offset();
      var other = idAt.putIfAbsent(position, id);
      if (other != null && !other.equals(id)) {
        broken.add(new Complaint(position + ": both " + other + " and " + id, Set.of(other, id)));
      }
      var elsewhere = positionOf.putIfAbsent(id, position);
      if (elsewhere != null && !elsewhere.equals(position)) {
        var line = id + ": both at " + elsewhere + " and at " + position;
        broken.add(new Complaint(line, Set.of(id)));
      }
    }
    return broken;
  }
}
