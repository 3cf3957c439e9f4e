package dev.carillon.launch.management;

import dev.carillon.cluster.Readiness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The answers of the management port. */
final class ReadinessJson {
  static final String UP = "{\"status\":\"up\"}";
  static final String NOT_FOUND =
      "{\"error\":\"unknown path (expected: /healthz, /readyz or /metrics)\"}";
  static final String NO_GET = "{\"error\":\"method not allowed (expected: GET)\"}";
  static final String FAILED = "{\"error\":\"metrics can't be read now\"}";

  private ReadinessJson() {}

  static String encode(Readiness report) {
    var checks = new JsonArray();
    for (var check : report.checks()) {
      checks.add(
          new JsonObject()
              .put("name", check.name())
              .put("ok", check.ok())
              .put("detail", check.detail()));
    }
    return new JsonObject().put("ready", report.ready()).put("checks", checks).encode();
  }
}
