package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * I7: every connection is a client of its own, and nothing comes to a subscription that has ended.
 * The SDK hands out what it had read before it gave a connection up: there that is no wonder.
 */
final class Sessions implements Invariant {
  @Override
  public List<String> violations(List<Operation> history) {
    var clients = new Clients();
    var strays = new Strays();
    var ids = new HashSet<String>();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      if (operation.op() == Op.CONNECT && !ids.add(operation.id())) {
        broken.add(operation.client() + ": got the id " + operation.id() + " of another client");
      }
      boolean came = operation.op() == Op.DELIVER || operation.op() == Op.JOIN;
      boolean late = strays.isGivenUp(operation.client());
      if (came && !late && !clients.isSubscribed(operation.client(), operation.channel())) {
        broken.add(
            operation.client()
                + " in "
                + operation.channel()
                + ": "
                + operation.id()
                + " came without a subscription at "
                + operation.at()
                + " ms");
      }
      clients.follow(operation);
      strays.follow(operation);
    }
    return broken;
  }
}
