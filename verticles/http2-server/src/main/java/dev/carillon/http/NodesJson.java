package dev.carillon.http;

import dev.carillon.json.JsonWriter;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import io.vertx.core.buffer.Buffer;

/** The answer of {@code /nodes.json}: where the pages find the live nodes. */
final class NodesJson {

  private static final String CHAT_HUB = "chat-hub";
  private static final String HTTP_SERVER = "http2-server";

  private NodesJson() {}

  static Buffer of(Membership membership) {
    var json = new JsonWriter().begin('{').name("self").text(membership.self().name());
    json.name("nodes").begin('[');
    membership.nodes().forEach(node -> node(json, node));
    return Buffer.buffer(json.end(']').end('}').toBytes().array());
  }

  private static void node(JsonWriter json, NodeInfo node) {
    json.begin('{').name("name").text(node.name());
    json.name("incarnation").text(node.incarnation().toString());
    json.name("urls").begin('[');
    node.publicUrls().forEach(json::text);
    json.end(']').name("chat").flag(node.runs(CHAT_HUB));
    json.name("pages").flag(node.runs(HTTP_SERVER)).end('}');
  }
}
