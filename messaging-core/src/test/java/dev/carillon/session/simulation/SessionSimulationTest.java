package dev.carillon.session.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.OptionReader;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.Namespaces;
import dev.carillon.session.RpcOptions;
import dev.carillon.session.SessionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Many sessions on a broker in which everything is late, fails, gets lost or comes twice, by random
 * schedules. Rules: a reply before every push of its channel; every offset once and in order, or an
 * honest "not recovered", 2500 or 3010; a reply to every command; nothing after a close; presence,
 * joins and leaves of exactly those who are subscribed; no close, error or expiry without a reason,
 * and none missing. The server is ordered to disconnect, unsubscribe, subscribe and refresh them
 * meanwhile: nothing of this kind happens without an order.
 *
 * <p>jqwik prints the seed; with it as {@code seed} of the property the same schedules run again.
 * With {@code -Dsimulation.rounds=100} each schedule is run a hundred times, each time turned
 * further, so that the same test takes an hour instead of seconds.
 */
class SessionSimulationTest {

  private static final SessionSettings ONE_AFTER_THE_OTHER = settings(0);
  private static final SessionSettings AT_ONCE = settings(4);

  private static final int ROUNDS = Integer.getInteger("simulation.rounds", 1);

  /** How many schedules each thing happened in. */
  private static final Map<String, Integer> HAPPENED = new HashMap<>();

  @Property(tries = 60_000, edgeCases = EdgeCasesMode.NONE)
  void clientsSeeEverythingOnceInOrderOrAreTold(@ForAll("schedules") byte[] schedule) {
    run(ONE_AFTER_THE_OTHER, schedule, true).forEach(SessionSimulationTest::happened);
  }

  @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
  void theSameHoldsWhenCommandsRunAtOnce(@ForAll("schedules") byte[] schedule) {
    run(AT_ONCE, schedule, true).forEach(SessionSimulationTest::happened);
  }

  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void nobodyIsToldOfALossOnAFeedThatKeepsItsPromises(@ForAll("schedules") byte[] schedule) {
    boolean atOnce = schedule[0] % 2 == 0;
    Set<String> seen = run(atOnce ? AT_ONCE : ONE_AFTER_THE_OTHER, schedule, false);
    assertFalse(seen.contains("ended with INSUFFICIENT_STATE"), "nothing was lost");
  }

  /** A simulation proves nothing about what never happens in it. */
  @AfterContainer
  static void everythingHappenedOften() {
    for (String what :
        List.of(
            "live",
            "filtered",
            "patch",
            "whole",
            "recovered",
            "recovered with deltas",
            "recovered publications",
            "not recovered",
            "newest of a cache",
            "server-side",
            "refreshed",
            "subscribed by order",
            "caught up by order",
            "ended by order",
            "told an end of nothing",
            "refreshed by order",
            "closed with 4500",
            "subscription refreshed",
            "ended with INSUFFICIENT_STATE",
            "ended with SUBSCRIPTION_EXPIRED",
            "closed with 3010",
            "closed with 3005",
            "closed with 3006",
            "closed with 3004",
            "closed with 3500",
            "closed with 3506",
            "closed with 3012",
            "closed with 3502",
            "error 100",
            "error 105",
            "error 109",
            "error 112")) {
      int often = HAPPENED.getOrDefault(what, 0);
      assertTrue(often > 50, what + " in " + often + " schedules of " + HAPPENED);
    }
  }

  private static void happened(String what) {
    HAPPENED.merge(what, 1, Integer::sum);
  }

  @Provide
  Arbitrary<byte[]> schedules() {
    return Schedules.arbitrary();
  }

  private static Set<String> run(SessionSettings settings, byte[] schedule, boolean faults) {
    Set<String> seen = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Choices choices = new Choices(Schedules.turned(schedule, round));
      seen.addAll(run(new SimulatedWorld(settings, choices, faults)));
    }
    return seen;
  }

  private static Set<String> run(SimulatedWorld world) {
    List<SimulatedClient> clients = new ArrayList<>();
    Set<SimulatedNode> nodes = new LinkedHashSet<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new SimulatedClient("user" + i, world));
    }
    while (!world.choices.isOver()) {
      SimulatedClient client = world.choices.of(clients);
      happen(world, client);
      nodes.add(client.node());
    }
    comeToRest(nodes);
    clients.forEach(SimulatedClient::checkAtRest);
    return world.seen;
  }

  private static void happen(SimulatedWorld world, SimulatedClient client) {
    Choices choices = world.choices;
    switch (choices.below(world.faults ? 21 : 19)) {
      case 0, 1, 2, 3 -> client.act();
      case 4, 5, 6, 7, 8, 9, 10 -> step(client.node(), 1 + choices.below(8));
      case 11, 12, 13, 14 -> deliver(feed(world, client), 1 + choices.below(4));
      case 15 -> world.now += 1_000L * choices.below(5);
      case 16, 17 -> client.tick();
      case 18 -> client.obey();
      case 19 -> disturb(busyFeed(world, client), choices);
      default -> loseStream(world);
    }
  }

  private static SimulatedFeed feed(SimulatedWorld world, SimulatedClient client) {
    return client.node().feed(world.choices.of(SimulatedClient.CHANNELS));
  }

  /** One with something under way, if there is one. */
  private static SimulatedFeed busyFeed(SimulatedWorld world, SimulatedClient client) {
    SimulatedFeed first = feed(world, client);
    return SimulatedClient.CHANNELS.stream()
        .map(client.node()::feed)
        .filter(feed -> first.isEmpty() && !feed.isEmpty())
        .findFirst()
        .orElse(first);
  }

  private static void step(SimulatedNode node, int times) {
    for (int i = 0; i < times; i++) {
      node.step();
    }
  }

  private static void deliver(SimulatedFeed feed, int times) {
    for (int i = 0; i < times; i++) {
      feed.deliver();
    }
  }

  private static void disturb(SimulatedFeed feed, Choices choices) {
    switch (choices.below(4)) {
      case 0 -> feed.lose();
      case 1 -> feed.repeat();
      case 2 -> feed.delay();
      default -> feed.loseAndReport();
    }
  }

  private static void loseStream(SimulatedWorld world) {
    SimulatedStream stream = world.stream(world.choices.of(SimulatedClient.CHANNELS));
    if (world.choices.once(4)) {
      stream.lose();
    }
  }

  private static void comeToRest(Set<SimulatedNode> nodes) {
    boolean moving = true;
    while (moving) {
      moving = false;
      for (SimulatedNode node : nodes) {
        moving |= comeToRest(node);
      }
    }
  }

  private static boolean comeToRest(SimulatedNode node) {
    boolean moved = false;
    while (node.hasSteps()) {
      node.step();
      moved = true;
    }
    for (String channel : SimulatedClient.CHANNELS) {
      while (!node.feed(channel).isEmpty()) {
        node.feed(channel).deliver();
        moved = true;
      }
    }
    return moved;
  }

  private static SessionSettings settings(int concurrency) {
    Map<String, Object> chat =
        Map.ofEntries(
            Map.entry("name", "chat"),
            Map.entry("presence", true),
            Map.entry("join_leave", true),
            Map.entry("force_recovery", true),
            Map.entry("history_size", 6),
            Map.entry("history_ttl", "1h"),
            Map.entry("allowed_delta_types", List.of("fossil")),
            Map.entry("delta_publish", true),
            Map.entry("allow_tags_filter", true),
            Map.entry("allow_subscribe_for_client", true),
            Map.entry("allow_publish_for_client", true),
            Map.entry("allow_history_for_client", true));
    Map<String, Object> live =
        Map.of(
            "name", "live", "allow_subscribe_for_client", true, "allow_publish_for_client", true);
    Map<String, Object> cache = new HashMap<>(chat);
    cache.putAll(
        Map.of(
            "name",
            "cache",
            "presence",
            false,
            "join_leave",
            false,
            "force_recovery_mode",
            "cache",
            "auto_cache_recover",
            true));
    return new SessionSettings(
        OptionReader.read(
            ClientOptions.class,
            Map.of(
                "concurrency",
                concurrency,
                "ping_interval",
                "10s",
                "pong_timeout",
                "4s",
                "expired_close_delay",
                "2s",
                "expired_sub_close_delay",
                "2s")),
        new Namespaces(
            OptionReader.read(
                ChannelOptions.class, Map.of("namespaces", List.of(chat, live, cache)))),
        OptionReader.defaults(RpcOptions.class),
        "Carillon test");
  }
}
