package dev.carillon.hub;

import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.Order;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ServerSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one hub does with orders, and what it has. Called on the event loop of the hub. */
final class HubControl {

  /** How many of something; matched and added up elsewhere, because that may take a while. */
  record Count(String name, int clients) {}

  /**
   * What a hub has.
   *
   * @param clients that are connected
   * @param users of these, each once
   */
  record Holdings(int clients, List<String> users, List<Count> channels) {}

  private final ClientsByUser clients;
  private final Map<String, ChannelSubscribers> channels;

  HubControl(ClientsByUser clients, Map<String, ChannelSubscribers> channels) {
    this.clients = clients;
    this.channels = channels;
  }

  /**
   * Carries the order out.
   *
   * @return how many connections were meant
   */
  int obey(Order order) {
    List<ClientConnection> meant = clients.of(order.target());
    if (order instanceof DisconnectOrder each) {
      meant = meant.stream().filter(client -> !each.spared().contains(client.id())).toList();
      var disconnect = new Disconnect(each.code(), each.reason());
      meant.forEach(client -> client.session(session -> session.close(disconnect)));
    } else {
      Consumer<ServerSide> action = action(order);
      meant.forEach(client -> client.session(session -> action.accept(session.serverSide())));
    }
    return meant.size();
  }

  private static Consumer<ServerSide> action(Order order) {
    if (order instanceof UnsubscribeOrder each) {
      return client -> client.unsubscribe(each.channel());
    }
    if (order instanceof SubscribeOrder each) {
      Duration validFor = validFor(each.expireAt());
      return client -> client.subscribe(each.channel(), each.grant(), validFor, each.since());
    }
    if (order instanceof RefreshOrder each) {
      Duration validFor = validFor(each.expireAt());
      return each.expired() ? ServerSide::expire : client -> client.refresh(validFor, each.info());
    }
    throw new IllegalArgumentException(order + " (expected: an order of the server API)");
  }

  private static @Nullable Duration validFor(long expireAt) {
    return expireAt == 0 ? null : Duration.ofMillis(expireAt * 1_000 - System.currentTimeMillis());
  }

  Holdings holdings() {
    List<Count> counts = new ArrayList<>(channels.size());
    channels.forEach((channel, all) -> counts.add(new Count(channel, all.count())));
    return new Holdings(clients.count(), clients.users(), counts);
  }
}
