package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * I7: every connection is a client of its own, and nothing comes to one that has ended. The SDK
 * goes on reading for a moment after it has given a connection up, so of it only the first part
 * counts.
 */
final class Sessions implements Invariant {
  private static final String SDK = "sdk-";

  @Override
  public List<String> violations(List<Operation> history) {
    var clients = new Clients();
    var ids = new HashSet<String>();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      if (operation.op() == Op.CONNECT && !ids.add(operation.id())) {
        broken.add(operation.client() + ": got the id " + operation.id() + " of another client");
      }
      boolean came = operation.op() == Op.DELIVER || operation.op() == Op.JOIN;
      boolean raw = !operation.client().startsWith(SDK);
      if (came && raw && !clients.isSubscribed(operation.client(), operation.channel())) {
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
    }
    return broken;
  }
}
