package dev.carillon.hub;

import dev.carillon.control.ChannelCounts;
import dev.carillon.control.ChannelsQuestion;
import dev.carillon.control.NodeStats;
import dev.carillon.control.Order;
import dev.carillon.control.OrderDone;
import dev.carillon.control.StatsQuestion;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.NodeLinks;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders and questions to all nodes of the cluster, this one included. A node that does not answer
 * within {@code links.query_timeout} is named in the {@link Answers}; nothing fails because of it.
 * May be used from any thread.
 */
public final class ControlPlane {

  private final NodeLinks links;
  private final Membership membership;

  public ControlPlane(NodeLinks links, Membership membership) {
    this.links = links;
    this.membership = membership;
  }

  /** Has every node do this with its connections of the user. */
  public Future<Answers<OrderDone>> order(Order order) {
    return ask(order, OrderDone.class);
  }

  /** The channels that have subscribers, by node. */
  public Future<Answers<ChannelCounts>> channels(ChannelsQuestion question) {
    return ask(question, ChannelCounts.class);
  }

  /** What the nodes have. */
  public Future<Answers<NodeStats>> stats() {
    return ask(new StatsQuestion(), NodeStats.class);
  }

  private <T> Future<Answers<T>> ask(Object question, Class<T> type) {
    List<NodeInfo> nodes = membership.nodes();
    List<Future<T>> asked = new ArrayList<>();
    nodes.forEach(node -> asked.add(links.query(node.incarnation(), question, type)));
    return Future.join(asked).transform(over -> Future.succeededFuture(answers(nodes, asked)));
  }

  private static <T> Answers<T> answers(List<NodeInfo> nodes, List<Future<T>> asked) {
    Map<NodeInfo, T> given = new LinkedHashMap<>();
    List<NodeInfo> silent = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (asked.get(i).succeeded()) {
        given.put(nodes.get(i), asked.get(i).result());
      } else {
        silent.add(nodes.get(i));
      }
    }
    return new Answers<>(given, silent);
  }
}
