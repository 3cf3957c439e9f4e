package dev.carillon.session.simulation;

import dev.carillon.protocol.Disconnect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server was ordered to do to one connection, held against the rule: nothing of this kind
 * without an order, and each end of a subscription that was ordered is told.
 */
final class SeenOrders {

  /** What the orders to disconnect say. */
  static final Disconnect DISCONNECT = new Disconnect(4500, "ordered");

  /**
   * An order to subscribe, of which nothing was seen yet.
   *
   * @param validFor seconds; 0 for ever
   * @param at the time of the session when it came
   */
  private record Subscribe(long validFor, long at) {}

  private final Map<String, List<Subscribe>> subscribes = new HashMap<>();

  /** How often the end of a channel may still be told, and how often it must. */
  private final Map<String, Integer> mayEnd = new HashMap<>();

  private final Map<String, Integer> mustEnd = new HashMap<>();

  private final Set<Disconnect> closes = new HashSet<>();
  private final List<Long> refreshes = new ArrayList<>();

  void close(Disconnect reason) {
    closes.add(reason);
  }

  boolean isClose(Disconnect reason) {
    return closes.contains(reason);
  }

  void subscribe(String channel, @Nullable Duration validFor, long at) {
    long seconds = validFor == null ? 0 : validFor.toSeconds();
    subscribes.computeIfAbsent(channel, first -> new ArrayList<>()).add(new Subscribe(seconds, at));
  }

  /** Whether an order to subscribe to the channel is perhaps being worked on. */
  boolean isSubscribing(String channel) {
    return subscribes.containsKey(channel);
  }

  /**
   * One of the orders took effect: the first that did not fail; those after it had nothing to do.
   */
  void subscribed(SeenSubscription subscription, String channel) {
    List<Subscribe> orders = subscribes.remove(channel);
    if (orders == null) {
      throw new AssertionError(channel + ": subscribed without an order");
    }
    orders.forEach(order -> subscription.expiry.perhaps(order.at(), order.validFor()));
  }

  void end(String channel) {
    mayEnd.merge(channel, 1, Integer::sum);
    mustEnd.merge(channel, 1, Integer::sum);
  }

  /** The same when it is not known whether the client is subscribed, or about to be. */
  void perhapsEnd(String channel) {
    mayEnd.merge(channel, 1, Integer::sum);
  }

  void ended(String channel) {
    if (mayEnd.merge(channel, -1, Integer::sum) < 0) {
      throw new AssertionError(channel + ": ended without an order");
    }
    mustEnd.merge(channel, -1, Integer::sum);
  }

  /** Whether the end of a channel, of whichever, must still be told. */
  boolean isEnding() {
    return mayEnd.values().stream().anyMatch(times -> times > 0);
  }

  void refresh(long ttl) {
    refreshes.add(ttl);
  }

  void refreshed(long ttl) {
    if (!refreshes.remove(ttl)) {
      throw new AssertionError("refreshed for " + ttl + " s (expected: " + refreshes + ")");
    }
  }

  /** Everything that was ordered has happened. */
  void checkAtRest() {
    if (mustEnd.values().stream().anyMatch(times -> times > 0) || !refreshes.isEmpty()) {
      throw new AssertionError("not told: end of " + mustEnd + ", refresh of " + refreshes);
    }
  }
}
