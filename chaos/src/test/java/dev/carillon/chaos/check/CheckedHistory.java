package dev.carillon.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** A history that a test writes, 10 ms for each operation, and what the checker says of it. */
class CheckedHistory {
  final List<Operation> history = new ArrayList<>();
  long now;

  void add(Operation operation) {
    now += 10;
    history.add(operation.at(now));
  }

  static Operation op(String client, Op op) {
    return Operation.of(client, op).in("lab:0").on("n1");
  }

  static Operation came(String client, String id, long offset) {
    return op(client, Op.DELIVER).with(id).position("e1", offset);
  }

  void connect(String client) {
    add(op(client, Op.CONNECT).in("").with("id-of-" + client));
    add(op(client, Op.SUBSCRIBE).position("e1", 0));
  }

  void publish(String id) {
    add(op("p", Op.PUBLISH).with(id));
    add(op("p", Op.ACK).with(id));
  }

  /** Two publications that one subscriber gets, and a quiet end that is told truly. */
  void allIsWell() {
    connect("s");
    publish("a");
    add(came("s", "a", 1));
    publish("b");
    add(came("s", "b", 2));
    add(op("nemesis", Op.QUIET));
    add(op("audit", Op.PRESENT));
    add(op("audit", Op.PRESENT).with("id-of-s"));
    add(op("audit", Op.COUNT).position("", 1));
  }

  void assertHolds() {
    var verdict = Verdict.of(history);
    assertTrue(verdict.holds(), verdict::toString);
  }

  void assertOnlyBroken(String... invariants) {
    var verdict = Verdict.of(history);
    assertFalse(verdict.holds());
    verdict
        .violations()
        .forEach(
            (name, lines) ->
                assertEquals(List.of(invariants).contains(name), !lines.isEmpty(), name + lines));
  }
}
