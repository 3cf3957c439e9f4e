package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells what the Java SDK hands out of a subscription that it does not have. When an answer to a
 * subscribe takes longer than its timeout, version 0.4.1 gives the connection up and drops the
 * answer when it comes, with all that is recovered in it; but publications behind the answer, which
 * it has read by then, it gives to the program, and goes on from there. So what a program misses
 * there says nothing about the server, and the position is not known.
 *
 * <p>What comes late of a subscription that was answered is no stray: it has to follow what came
 * before. Nor is anything that comes to a client without an SDK.
 */
final class Strays {
  private static final String SDK = "sdk-";

  /** The SDK's own code of a subscription that ends with its connection. */
  private static final int TRANSPORT_CLOSED = 1;

  private final Map<String, Set<String>> answered = new HashMap<>();
  private final Set<String> connected = new HashSet<>();

  /** Follows one operation of the history. */
  void follow(Operation operation) {
    var client = operation.client();
    switch (operation.op()) {
      case CONNECT -> {
        connected.add(client);
        answered.put(client, new HashSet<>());
      }
      case DISCONNECT -> connected.remove(client);
      case SUBSCRIBE, RECOVER -> answered(client).add(operation.channel());
      case UNSUBSCRIBE -> {
        if (operation.code() != TRANSPORT_CLOSED) {
          answered(client).remove(operation.channel());
        }
      }
      default -> {}
    }
  }

  private Set<String> answered(String client) {
    return answered.computeIfAbsent(client, first -> new HashSet<>());
  }

  /** Whether this is such a publication, at the place to which the history was followed. */
  boolean isStray(Operation operation) {
    return operation.op() == Op.DELIVER
        && isGivenUp(operation.client())
        && !answered(operation.client()).contains(operation.channel());
  }

  /** Whether this is an SDK that has no connection: what it had read before may still come. */
  boolean isGivenUp(String client) {
    return client.startsWith(SDK) && !connected.contains(client);
  }
}
