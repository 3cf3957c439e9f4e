package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.broker.EventLoops;
import dev.carillon.broker.PresenceContract;
import dev.carillon.cluster.presence.HazelcastPresence;
import dev.carillon.port.PresenceManager;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on two members; half of the channels are owned by the other one. */
class HazelcastPresenceTest extends PresenceContract {

  private static final TestNodes NODES = new TestNodes();

  private static HazelcastPresence first = null;
  private static HazelcastPresence second = null;

  @BeforeAll
  static void start() {
    var one = NODES.first("n1");
    var other = NODES.joining("n2", one);
    TestNodes.eventually("both", () -> one.membership().nodes().size() == 2);
    first = presence(one);
    second = presence(other);
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  static HazelcastPresence presence(Node node) {
    var loops = EventLoops.start(node.vertx(), 2).await();
    return new HazelcastPresence(
        node.vertx(),
        node.member().hazelcast(),
        HazelcastConfigs.PRESENCE,
        node.membership(),
        loops);
  }

  @Override
  protected PresenceManager presence() {
    return second;
  }

  @Test
  void everyNodeSeesTheClientsOfAll() {
    var ada = client("ada", "c1");
    var bob = client("bob", "c2");
    for (int i = 0; i < 10; i++) {
      first.add("shared" + i, ada).await();
      second.add("shared" + i, bob).await();
      assertEquals(Map.of("c1", ada, "c2", bob), first.presence("shared" + i).await());
      assertEquals(Map.of("c1", ada, "c2", bob), second.presence("shared" + i).await());
    }
  }

  @Test
  void aClientThatCameBackElsewhereIsNotRemovedByTheNodeItLeft() {
    first.add("moved", client("ada", "c1")).await();
    second.add("moved", client("ada", "c1")).await();

    first.remove("moved", "c1").await();

    assertEquals(1, first.stats("moved").await().clients());
  }

  @Test
  void lostEntriesComeBackWhenTheyAreToldAgain() {
    first.add("lost", client("ada", "c1")).await();
    second.add("lost", client("bob", "c2")).await();
    NODES.running().get(0).member().hazelcast().getMap(HazelcastConfigs.PRESENCE).delete("lost");

    first.refresh();
    second.refresh();

    TestNodes.eventually("both again", () -> first.stats("lost").await().clients() == 2);
  }

  @Test
  void aNodeThatLeavesTakesItsClientsWithIt() {
    var third = NODES.joining("n3", NODES.running().get(0));
    var leaving = presence(third);
    TestNodes.eventually("three", () -> first().membership().nodes().size() == 3);
    leaving.add("left", client("ada", "c1")).await();
    first.add("left", client("bob", "c2")).await();
    assertEquals(2, first.stats("left").await().clients());

    leaving.close().await();

    assertEquals(1, first.stats("left").await().clients());
  }

  private static Node first() {
    return NODES.running().get(0);
  }
}
