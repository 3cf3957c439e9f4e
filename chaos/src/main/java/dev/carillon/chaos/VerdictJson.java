package dev.carillon.chaos;

import dev.carillon.chaos.check.FaultReport;
import dev.carillon.chaos.check.Spread;
import dev.carillon.chaos.check.Verdict;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The verdict for programs: numbers, without the lines. */
final class VerdictJson {
  /** What there is to say of a run that did not come to its end: why. */
  static final String FAILED = "failed";

  private VerdictJson() {}

  /**
   * One line.
   *
   * @param about what else there is to say of the run
   */
  static String line(Verdict verdict, Map<String, Object> about) {
    boolean passed = verdict.holds() && !about.containsKey(FAILED);
    var json = new JsonObject().put("passed", passed);
    verdict.counts().forEach(json::put);
    verdict.violations().forEach((name, lines) -> json.put(name, lines.size()));
    about.forEach(json::put);
    var faults = new JsonObject();
    verdict.faults().forEach(report -> faults.put(report.fault(), fault(report)));
    return json.put("per_fault", faults).encode();
  }

  private static JsonObject fault(FaultReport report) {
    var json =
        new JsonObject()
            .put("strikes", report.strikes())
            .put("acked", report.acked())
            .put("acked_lost", report.lost())
            .put("duplicated", report.duplicated())
            .put("told_of_loss", report.toldOfLoss());
    report.worstAck().ifPresent(spread -> json.put("worst_ack_ms", spread(spread)));
    report.struckAcked().ifPresent(spread -> json.put("struck_acked_ms", spread(spread)));
    report.detect().ifPresent(spread -> json.put("detect_ms", spread(spread)));
    report.presence().ifPresent(spread -> json.put("presence_ms", spread(spread)));
    report.heal().ifPresent(spread -> json.put("heal_ms", spread(spread)));
    return json;
  }

  private static JsonObject spread(Spread spread) {
    return new JsonObject()
        .put("min", spread.min())
        .put("median", spread.median())
        .put("max", spread.max());
  }
}
