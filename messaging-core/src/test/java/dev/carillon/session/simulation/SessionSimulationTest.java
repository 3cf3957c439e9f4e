package dev.carillon.session.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.carillon.config.OptionReader;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.Namespaces;
import dev.carillon.session.SessionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Many sessions on a broker in which everything is late, fails, gets lost or comes twice, by random
 * schedules. Rules: a reply before every push of its channel; every offset once and in order, or an
 * honest "not recovered", 2500 or 3010; a reply to every command; nothing after a close; presence,
 * joins and leaves of exactly those who are subscribed.
 */
class SessionSimulationTest {

  private static final List<String> CHANNELS = List.of("chat:a", "chat:b");
  private static final SessionSettings SETTINGS =
      new SessionSettings(
          OptionReader.defaults(ClientOptions.class),
          new Namespaces(
              OptionReader.read(
                  ChannelOptions.class,
                  Map.of(
                      "namespaces",
                      List.of(
                          Map.of(
                              "name", "chat",
                              "presence", true,
                              "join_leave", true,
                              "force_recovery", true,
                              "history_size", 6,
                              "history_ttl", "1h",
                              "allow_subscribe_for_client", true,
                              "allow_publish_for_client", true))))),
          "Carillon test");

  @Property(tries = 20_000)
  void clientsSeeEverythingOnceInOrderOrAreTold(@ForAll("schedules") byte[] schedule) {
    Set<String> seen = run(new Choices(schedule), true);
    for (String what :
        List.of(
            "live",
            "recovered",
            "recovered publications",
            "not recovered",
            "insufficient",
            "closed with INSUFFICIENT_STATE")) {
      Statistics.label(what)
          .collect(seen.contains(what))
          .coverage(coverage -> coverage.check(true).percentage(often -> often > 2));
    }
  }

  @Property(tries = 10_000)
  void clientsSeeEverythingOnceInOrderOnAFeedThatKeepsItsPromises(
      @ForAll("schedules") byte[] schedule) {
    Set<String> seen = run(new Choices(schedule), false);
    assertFalse(seen.contains("insufficient"), "nothing was lost");
    assertFalse(seen.contains("closed with INSUFFICIENT_STATE"), "nothing was lost");
  }

  @Provide
  Arbitrary<byte[]> schedules() {
    return Arbitraries.bytes()
        .between(Byte.MIN_VALUE, Byte.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .array(byte[].class)
        .ofMinSize(100)
        .ofMaxSize(600)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Set<String> run(Choices choices, boolean faults) {
    Map<String, SimulatedStream> streams = new HashMap<>();
    Set<String> seen = new HashSet<>();
    List<SimulatedClient> clients = new ArrayList<>();
    List<SimulatedNode> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new SimulatedClient("user" + i, SETTINGS, streams, choices, seen));
    }
    long now = 0;
    while (!choices.isOver()) {
      SimulatedClient client = choices.of(clients);
      switch (choices.below(faults ? 16 : 14)) {
        case 0, 1, 2 -> client.act(CHANNELS, now);
        case 3, 4, 5, 6, 7, 8 -> step(client.node(), 1 + choices.below(4));
        case 9, 10, 11 -> deliver(client.node().feed(choices.of(CHANNELS)), choices.below(4));
        case 12 -> now += 1_000L * choices.below(10);
        case 13 -> client.tick(now);
        case 14 -> disturb(client.node().feed(choices.of(CHANNELS)), choices);
        default -> loseStream(streams.get(choices.of(CHANNELS)), choices);
      }
      if (!nodes.contains(client.node())) {
        nodes.add(client.node());
      }
    }
    comeToRest(nodes);
    clients.forEach(SimulatedClient::checkAtRest);
    return seen;
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
    switch (choices.below(3)) {
      case 0 -> feed.lose();
      case 1 -> feed.repeat();
      default -> feed.reportLoss();
    }
  }

  private static void loseStream(@Nullable SimulatedStream stream, Choices choices) {
    if (stream != null && choices.once(4)) {
      stream.lose();
    }
  }

  private static void comeToRest(List<SimulatedNode> nodes) {
    boolean moving = true;
    while (moving) {
      moving = false;
      for (SimulatedNode node : nodes) {
        while (node.hasSteps()) {
          node.step();
          moving = true;
        }
        for (String channel : CHANNELS) {
          while (!node.feed(channel).isEmpty()) {
            node.feed(channel).deliver();
            moving = true;
          }
        }
      }
    }
  }
}
