package dev.carillon.hub;

import dev.carillon.control.ChannelCounts;
import dev.carillon.control.ChannelsQuestion;
import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.NodeStats;
import dev.carillon.control.Order;
import dev.carillon.control.OrderDone;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.StatsQuestion;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.hub.HubControl.Count;
import dev.carillon.hub.HubControl.Holdings;
import dev.carillon.port.NodeLinks;
import dev.carillon.sessions.Glob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers what other nodes, or this one, order and ask by the {@link ControlPlane}. One for each
 * process; one without a hub answers that it has nothing.
 */
public final class ControlDesk {

  private final Vertx vertx;
  private final long startedNanos = System.nanoTime();
  private volatile @Nullable Hubs hubs;

  /** Begins to answer. */
  public ControlDesk(Vertx vertx, NodeLinks links) {
    this.vertx = vertx;
    links.onQuery(DisconnectOrder.class, this::obey);
    links.onQuery(UnsubscribeOrder.class, this::obey);
    links.onQuery(SubscribeOrder.class, this::obey);
    links.onQuery(RefreshOrder.class, this::obey);
    links.onQuery(ChannelsQuestion.class, this::channels);
    links.onQuery(StatsQuestion.class, this::stats);
  }

  /** From now on the answers are about these clients. */
  public void serve(Hubs hubs) {
    this.hubs = hubs;
  }

  private Future<OrderDone> obey(Order order) {
    Hubs all = hubs;
    Future<Integer> done = all == null ? Future.succeededFuture(0) : all.obey(order);
    return done.map(OrderDone::new);
  }

  private Future<List<Holdings>> holdings() {
    Hubs all = hubs;
    return all == null ? Future.succeededFuture(List.of()) : all.holdings();
  }

  /** A node may have very many: they are counted on a thread that may be busy for a while. */
  private Future<ChannelCounts> channels(ChannelsQuestion question) {
    return holdings().compose(all -> vertx.executeBlocking(() -> counted(question, all), false));
  }

  private static ChannelCounts counted(ChannelsQuestion question, List<Holdings> all) {
    Glob pattern = Glob.exact(question.pattern().isEmpty() ? "*" : question.pattern());
    var counts = new TreeMap<String, Integer>();
    boolean complete = true;
    for (Holdings holdings : all) {
      for (Count count : holdings.channels()) {
        if (count.name().compareTo(question.after()) > 0 && pattern.matches(count.name())) {
          counts.merge(count.name(), count.clients(), Integer::sum);
        }
        if (counts.size() > question.limit()) {
          // Never comes in again: what is before it stays before it.
          counts.pollLastEntry();
          complete = false;
        }
      }
    }
    return new ChannelCounts(counts, complete);
  }

  private Future<NodeStats> stats(StatsQuestion question) {
    return holdings().compose(all -> vertx.executeBlocking(() -> added(all), false));
  }

  private NodeStats added(List<Holdings> all) {
    Set<String> users = new HashSet<>();
    Set<String> channels = new HashSet<>();
    int clients = 0;
    int subscriptions = 0;
    for (Holdings holdings : all) {
      clients += holdings.clients();
      users.addAll(holdings.users());
      for (Count count : holdings.channels()) {
        channels.add(count.name());
        subscriptions += count.clients();
      }
    }
    long uptime = (System.nanoTime() - startedNanos) / 1_000_000;
    return new NodeStats(clients, users.size(), channels.size(), subscriptions, uptime);
  }
}
