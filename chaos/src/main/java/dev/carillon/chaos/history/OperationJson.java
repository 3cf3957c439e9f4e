package dev.carillon.chaos.history;

import io.vertx.core.json.JsonObject;

/** Operations as lines of a file. */
final class OperationJson {
  private OperationJson() {}

  /** The line of the file; fields that are empty, 0 or false are left out. */
  static String line(Operation operation) {
    var json =
        new JsonObject()
            .put("at", operation.at())
            .put("client", operation.client())
            .put("op", operation.op().word());
    put(json, "channel", operation.channel());
    put(json, "id", operation.id());
    put(json, "epoch", operation.epoch());
    if (operation.offset() != 0) {
      json.put("offset", operation.offset());
    }
    if (operation.op() == Op.RECOVER) {
      json.put("recovered", operation.recovered());
    }
    put(json, "node", operation.node());
    if (operation.code() != 0) {
      json.put("code", operation.code());
    }
    return json.encode();
  }

  private static void put(JsonObject json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }

  /**
   * Reads a line.
   *
   * @throws RuntimeException if it is none
   */
  static Operation parse(String line) {
    var json = new JsonObject(line);
    return new Operation(
        json.getLong("at"),
        json.getString("client", ""),
        Op.of(json.getString("op")),
        json.getString("channel", ""),
        json.getString("id", ""),
        json.getString("epoch", ""),
        json.getLong("offset", 0L),
        json.getBoolean("recovered", false),
        json.getString("node", ""),
        json.getInteger("code", 0));
  }
}
