package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** I8: when all is quiet every node counts as many connections as clients have to it. */
final class Registry implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var clients = new Clients();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      clients.follow(operation);
      if (operation.op() == Op.COUNT) {
        long connected = clients.connected(operation.node());
        if (operation.offset() != connected) {
          broken.add(
              operation.node()
                  + ": counts "
                  + operation.offset()
                  + " connections (expected: "
                  + connected
                  + ")");
        }
      }
    }
    return broken;
  }
}
