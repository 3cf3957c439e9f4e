package dev.carillon.acceptance;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** An operator's session with the console's server side, see docs/PROTOCOL.md. */
final class Console {
  private static final String API = "/admin/api/v1/";

  private final NodeProcess node;
  private final String token;

  private Console(NodeProcess node, String token) {
    this.node = node;
    this.token = token;
  }

  /** Logs in with the generated password. */
  static Console of(NodeProcess node) {
    HttpResponse<String> response =
        Http.post(
            node.http(API + "session"), new JsonObject().put("password", node.consolePassword()));
    if (response.statusCode() != 200) {
      throw new AssertionError("status " + response.statusCode() + " of a login (expected: 200)");
    }
    return new Console(node, new JsonObject(response.body()).getString("token"));
  }

  /** The rows of the table of connections that a filter leaves, at most 100. */
  List<JsonObject> connections(String filter) {
    return items("connections?limit=100&q=" + filter.replace(" ", "%20"));
  }

  List<JsonObject> nodes() {
    return items("nodes");
  }

  /** How many connections the whole cluster has. */
  int total() {
    return read("connections?limit=1").getInteger("total");
  }

  /** Has all nodes do something with the connections of a user. */
  JsonObject order(String name, JsonObject order) {
    String path = "control/" + name;
    return answer(path, Http.post(node.http(API + path), token, order));
  }

  /** The rows of an answer. */
  List<JsonObject> items(String path) {
    return read(path).getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  /** What is answered to a question. */
  JsonObject read(String path) {
    return answer(path, Http.get(node.http(API + path), token));
  }

  private static JsonObject answer(String path, HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.statusCode() + " " + response.body() + " of " + path + " (expected: 200)");
    }
    return new JsonObject(response.body());
  }
}
