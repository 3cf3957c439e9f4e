package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.control.ChannelCounts;
import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.Order;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.Target;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.hub.Answers;
import dev.carillon.hub.ControlPlane;
import dev.carillon.node.NodeInfo;
import io.vertx.core.Future;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders to all nodes, and what these have, in the form in which the answers are sent. A node that
 * does not answer is named in them; nothing fails because of it. May be used from any thread.
 */
record ServerApi(ControlPlane control) {

  private static final Logger LOG = LoggerFactory.getLogger(ServerApi.class);

  /** Has the order carried out; who gave it and what it says is written to the log before. */
  Future<Bytes> order(Caller caller, Order order) {
    String what = described(order);
    LOG.info("audit: {} orders {}", caller, what);
    return control
        .order(order)
        .onSuccess(answers -> warnOf(answers.silent(), what))
        .map(ControlJson::done);
  }

  /** It may have happened there or not: somebody has to look, or to order again. */
  private static void warnOf(List<NodeInfo> silent, String what) {
    if (!silent.isEmpty()) {
      LOG.warn("no answer from {} to: {}", names(silent), what);
    }
  }

  private static String names(List<NodeInfo> nodes) {
    return String.join(", ", nodes.stream().map(NodeInfo::name).toList());
  }

  /** Without info and data, which belong to the application. */
  private static String described(Order order) {
    String whom = whom(order.target());
    if (order instanceof DisconnectOrder each) {
      String reason = Excerpt.of(each.reason());
      return "disconnect " + each.code() + " (" + reason + ") of " + whom + spared(each);
    }
    if (order instanceof UnsubscribeOrder each) {
      String from = each.channel().isEmpty() ? "all channels" : Excerpt.of(each.channel());
      return "unsubscribe from " + from + " of " + whom;
    }
    if (order instanceof SubscribeOrder each) {
      return "subscribe to " + Excerpt.of(each.channel()) + " of " + whom;
    }
    if (order instanceof RefreshOrder each) {
      String until = each.expireAt() == 0 ? "never" : "at " + each.expireAt();
      return "refresh, expires " + (each.expired() ? "now" : until) + ", of " + whom;
    }
    throw new IllegalArgumentException(order + " (expected: an order of the server API)");
  }

  private static String spared(DisconnectOrder order) {
    return order.spared().isEmpty() ? "" : " but " + order.spared().size() + " clients";
  }

  private static String whom(Target target) {
    String user =
        target.user().isEmpty() ? "the anonymous user" : "user " + Excerpt.of(target.user());
    return target.client().isEmpty()
        ? user
        : "client " + Excerpt.of(target.client()) + " of " + user;
  }

  /** A page of the channels that have subscribers, in the order of their names. */
  Future<Bytes> channels(ChannelsRequest request) {
    return control
        .channels(request.question())
        .map(answers -> ControlJson.channels(page(request, answers)));
  }

  /** Each node has listed its first ones: so the first of all of them are complete. */
  private static ControlJson.ChannelPage page(
      ChannelsRequest request, Answers<ChannelCounts> answers) {
    var subscribers = new TreeMap<String, Integer>();
    for (ChannelCounts counts : answers.given().values()) {
      counts.subscribers().forEach((name, count) -> subscribers.merge(name, count, Integer::sum));
    }
    boolean isLast = subscribers.size() <= request.limit();
    while (subscribers.size() > request.limit()) {
      subscribers.pollLastEntry();
    }
    @Nullable String next = isLast ? null : request.next(subscribers.lastKey());
    return new ControlJson.ChannelPage(
        System.currentTimeMillis(), subscribers, next, answers.silent());
  }

  /** What each node has. */
  Future<Bytes> info() {
    return control.stats().map(answers -> ControlJson.info(System.currentTimeMillis(), answers));
  }
}
