package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.json.JsonReader;
import dev.carillon.json.JsonWriter;
import dev.carillon.node.NodeInfo;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of the console's API. */
final class AdminJson {

  private AdminJson() {}

  /**
   * What the page of nodes shows.
   *
   * @param asOf milliseconds since 1970
   * @param nodes the oldest first
   * @param suspects nothing was heard from these for a while
   * @param connections for each node that has some
   * @param self the node that answers
   */
  record Nodes(
      long asOf,
      List<NodeInfo> nodes,
      Set<Incarnation> suspects,
      Map<Incarnation, Integer> connections,
      Incarnation self) {}

  /**
   * A page of the table of connections.
   *
   * @param asOf milliseconds since 1970
   * @param total rows in the table
   * @param matched rows that match the query
   * @param next cursor of the next page; null when this is the last
   */
  record ConnectionPage(
      long asOf, int total, int matched, List<SessionRecord> rows, @Nullable String next) {}

  /**
   * @throws Refusal 400 when the body is not {@code {"password": "…"}}
   */
  static String password(byte[] body) {
    String password = null;
    try (var reader = new JsonReader(body, 0, body.length)) {
      JsonReader.checkText(body);
      reader.begin();
      while (reader.nextField()) {
        if (reader.name().equals("password")) {
          password = reader.text();
        } else {
          reader.skip();
        }
      }
      reader.end();
    } catch (IOException malformed) {
      throw noPassword();
    }
    if (password == null) {
      throw noPassword();
    }
    return password;
  }

  static Bytes error(String words) {
    return new JsonWriter().begin('{').name("error").text(words).end('}').toBytes();
  }

  static Bytes nothing() {
    return new JsonWriter().begin('{').end('}').toBytes();
  }

  static Bytes token(String token, long ttlSeconds) {
    return new JsonWriter()
        .begin('{')
        .name("token")
        .text(token)
        .name("ttl")
        .number(ttlSeconds)
        .end('}')
        .toBytes();
  }

  static Bytes nodes(Nodes nodes) {
    var out = new JsonWriter().begin('{').name("as_of").number(nodes.asOf());
    out.name("items").begin('[');
    for (NodeInfo node : nodes.nodes()) {
      node(out, node, nodes);
    }
    return out.end(']').end('}').toBytes();
  }

  static Bytes page(ConnectionPage page) {
    var out = new JsonWriter().begin('{').name("as_of").number(page.asOf());
    out.name("total").number(page.total()).name("matched").number(page.matched());
    out.name("items").begin('[');
    page.rows().forEach(row -> row(out, row));
    out.end(']').name("next");
    if (page.next() == null) {
      none(out);
    } else {
      out.text(page.next());
    }
    return out.end('}').toBytes();
  }

  /** What a console looks at: the nodes, and a page of the table when that is shown. */
  static Bytes view(ConsoleView view, Bytes nodes, @Nullable Bytes connections) {
    var out = new JsonWriter().begin('{').name("view").number(view.number());
    out.name("nodes").raw(nodes);
    if (connections != null) {
      out.name("connections").raw(connections);
    }
    return out.end('}').toBytes();
  }

  private static void node(JsonWriter out, NodeInfo node, Nodes all) {
    boolean isOldest = node.equals(all.nodes().get(0));
    boolean isSuspect = all.suspects().contains(node.incarnation());
    out.begin('{').name("name").text(node.name());
    out.name("incarnation").text(node.incarnation().toString());
    out.name("role").text(node.role()).name("version").text(node.version());
    texts(out.name("verticles"), node.verticles().stream().sorted().toList());
    out.name("state").text(isSuspect ? "suspect" : "live");
    out.name("oldest").flag(isOldest);
    out.name("started_at").number(node.startedAt());
    texts(out.name("urls"), node.publicUrls());
    out.name("address").text(node.address());
    out.name("connections").number(all.connections().getOrDefault(node.incarnation(), 0));
    out.name("self").flag(node.incarnation().equals(all.self())).end('}');
  }

  private static void row(JsonWriter out, SessionRecord row) {
    SessionStats stats = row.stats();
    out.begin('{').name("id").text(row.id()).name("client").text(row.client());
    out.name("user").text(row.user()).name("address").text(row.address());
    out.name("transport").text(row.transport()).name("node").text(row.node());
    out.name("since").number(row.since()).name("rtt_ms");
    if (stats.rttMillis() < 0) {
      none(out);
    } else {
      out.number(stats.rttMillis());
    }
    out.name("channels").number(stats.channels());
    out.name("bytes_in").number(stats.bytesIn()).name("bytes_out").number(stats.bytesOut());
    out.name("messages_in").number(stats.messagesIn());
    out.name("messages_out").number(stats.messagesOut()).end('}');
  }

  private static void texts(JsonWriter out, List<String> texts) {
    out.begin('[');
    texts.forEach(out::text);
    out.end(']');
  }

  private static void none(JsonWriter out) {
    out.raw(Bytes.utf8("null"));
  }

  private static Refusal noPassword() {
    return new Refusal(400, "no password in the request (expected: {\"password\": …})");
  }
}
