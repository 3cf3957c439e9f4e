package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a checker says of a history.
 *
 * @param counts how often what happened, for people
 * @param violations by the name of the invariant, in the order of their numbers
 * @param faults what each kind of fault did
 */
public record Verdict(
    Map<String, Long> counts, Map<String, List<String>> violations, List<FaultReport> faults) {
  private static final Map<String, Invariant> INVARIANTS = invariants();

  private static Map<String, Invariant> invariants() {
    var all = new LinkedHashMap<String, Invariant>();
    all.put("acked_lost", new Durability());
    all.put("duplicated", new Uniqueness());
    all.put("out_of_order", new Order(Order.Kind.REPEATS));
    all.put("silent_gaps", new Order(Order.Kind.SILENT_GAPS));
    all.put("undelivered", new Liveness());
    all.put("presence_wrong", new PresenceTruth());
    all.put("sessions_wrong", new Sessions());
    all.put("registry_wrong", new Registry());
    all.put("minority_acked", new Minority());
    all.put("slow_to_heal", new Healing());
    return all;
  }

  /** Checks I1 to I10. */
  public static Verdict of(List<Operation> history) {
    var violations = new LinkedHashMap<String, List<String>>();
    INVARIANTS.forEach((name, invariant) -> violations.put(name, invariant.violations(history)));
    var counts = new LinkedHashMap<String, Long>();
    counts.put("acked", count(history, Op.ACK));
    counts.put("nacked", count(history, Op.NACK));
    counts.put("delivered", count(history, Op.DELIVER));
    counts.put("disconnects", count(history, Op.DISCONNECT));
    counts.put("recovered", recoveries(history, true));
    counts.put("told_of_loss", recoveries(history, false));
    counts.put("flushed", (long) Durability.flushed(history).size());
    return new Verdict(counts, violations, FaultReport.of(history));
  }

  /** Whether every invariant holds, and there was something to check. */
  public boolean holds() {
    return counts.getOrDefault("acked", 0L) > 0
        && violations.values().stream().allMatch(List::isEmpty);
  }

  private static long count(List<Operation> history, Op op) {
    return history.stream().filter(operation -> operation.op() == op).count();
  }

  private static long recoveries(List<Operation> history, boolean complete) {
    return history.stream()
        .filter(operation -> operation.op() == Op.RECOVER && operation.recovered() == complete)
        .count();
  }
}
