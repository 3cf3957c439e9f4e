package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.control.NodeStats;
import dev.carillon.control.OrderDone;
import dev.carillon.hub.Answers;
import dev.carillon.json.JsonWriter;
import dev.carillon.node.NodeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the nodes answered to an order or a question, and which of them did not. */
final class ControlJson {

  private ControlJson() {}

  /**
   * A page of the list of channels.
   *
   * @param asOf milliseconds since 1970
   * @param subscribers of each channel, on all nodes that have answered; in the order of the list
   * @param next cursor of the next page; null when this is the last
   */
  record ChannelPage(
      long asOf, Map<String, Integer> subscribers, @Nullable String next, List<NodeInfo> silent) {}

  static Bytes done(Answers<OrderDone> answers) {
    int all = answers.given().values().stream().mapToInt(OrderDone::connections).sum();
    var out = new JsonWriter().begin('{').name("connections").number(all);
    out.name("nodes").begin('[');
    answers
        .given()
        .forEach(
            (node, done) -> {
              out.begin('{').name("name").text(node.name());
              out.name("connections").number(done.connections()).end('}');
            });
    out.end(']');
    return silent(out, answers.silent());
  }

  static Bytes channels(ChannelPage page) {
    var out = new JsonWriter().begin('{').name("as_of").number(page.asOf());
    out.name("items").begin('[');
    page.subscribers()
        .forEach(
            (channel, count) -> {
              out.begin('{').name("channel").text(channel);
              out.name("num_clients").number(count).end('}');
            });
    out.end(']').name("next");
    if (page.next() == null) {
      out.raw(Bytes.utf8("null"));
    } else {
      out.text(page.next());
    }
    return silent(out, page.silent());
  }

  static Bytes info(long asOf, Answers<NodeStats> answers) {
    var out = new JsonWriter().begin('{').name("as_of").number(asOf);
    out.name("nodes").begin('[');
    answers.given().forEach((node, stats) -> node(out, node, stats));
    out.end(']');
    return silent(out, answers.silent());
  }

  private static void node(JsonWriter out, NodeInfo node, NodeStats stats) {
    out.begin('{').name("uid").text(node.incarnation().toString());
    out.name("name").text(node.name()).name("version").text(node.version());
    out.name("num_clients").number(stats.clients()).name("num_users").number(stats.users());
    out.name("num_channels").number(stats.channels());
    out.name("num_subs").number(stats.subscriptions());
    out.name("uptime").number(stats.uptime() / 1_000).end('}');
  }

  private static Bytes silent(JsonWriter out, List<NodeInfo> nodes) {
    out.name("silent").begin('[');
    nodes.forEach(node -> out.text(node.name()));
    return out.end(']').end('}').toBytes();
  }
}
