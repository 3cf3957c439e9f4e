package dev.carillon.chaos;

import dev.carillon.chaos.check.Verdict;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The verdict for programs: numbers, without the lines. */
final class VerdictJson {
  private VerdictJson() {}

  /**
   * One line.
   *
   * @param about what else there is to say of the run
   */
  static String line(Verdict verdict, Map<String, Object> about) {
    var json = new JsonObject().put("passed", verdict.holds());
    verdict.counts().forEach(json::put);
    verdict.violations().forEach((name, lines) -> json.put(name, lines.size()));
    about.forEach(json::put);
    return json.encode();
  }
}
