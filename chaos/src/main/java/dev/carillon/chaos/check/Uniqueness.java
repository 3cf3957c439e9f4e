package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** I2: a position holds one publication, and a publication has one position. */
final class Uniqueness implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var idAt = new HashMap<String, String>();
    var positionOf = new HashMap<String, String>();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      if (operation.op() != Op.DELIVER && operation.op() != Op.READ) {
        continue;
      }
      var position = operation.channel() + " " + operation.epoch() + " " + operation.offset();
      var other = idAt.putIfAbsent(position, operation.id());
      if (other != null && !other.equals(operation.id())) {
        broken.add(position + ": both " + other + " and " + operation.id());
      }
      var elsewhere = positionOf.putIfAbsent(operation.id(), position);
      if (elsewhere != null && !elsewhere.equals(position)) {
        broken.add(operation.id() + ": both at " + elsewhere + " and at " + position);
      }
    }
    return broken.stream().distinct().toList();
  }
}
