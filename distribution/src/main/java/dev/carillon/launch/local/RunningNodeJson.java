package dev.carillon.launch.local;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON form of a running node. */
final class RunningNodeJson {
  private RunningNodeJson() {}

  static String encode(RunningNode node) {
    var ports = new JsonObject();
    node.ports().forEach(ports::put);
    return new JsonObject()
        .put("name", node.name())
        .put("pid", node.pid())
        .put("ports", ports)
        .put("urls", new JsonArray(node.urls()))
        .encodePrettily();
  }

  /** Empty when the text is no such form: somebody else wrote it. */
  static Optional<RunningNode> decode(String json) {
    try {
      var object = new JsonObject(json);
      var ports = new TreeMap<String, Integer>();
      var named = object.getJsonObject("ports", new JsonObject());
      named.fieldNames().forEach(name -> ports.put(name, named.getInteger(name)));
      var urls = object.getJsonArray("urls", new JsonArray()).stream().map(String::valueOf);
      return Optional.of(
          new RunningNode(object.getString("name"), object.getLong("pid"), ports, urls.toList()));
    } catch (DecodeException | ClassCastException | NullPointerException foreign) {
      return Optional.empty();
    }
  }
}
