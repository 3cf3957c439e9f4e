package dev.carillon.launch;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What {@code --info} may be. */
final class InfoJson {
  private InfoJson() {}

  /** Whether the text is one JSON object. */
  static boolean isObject(String json) {
    try {
      return new JsonObject(json).size() >= 0;
    } catch (DecodeException | ClassCastException wrong) {
      return false;
    }
  }
}
