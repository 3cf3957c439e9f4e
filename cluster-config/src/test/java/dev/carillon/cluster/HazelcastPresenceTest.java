package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.broker.PresenceContract;
import dev.carillon.cluster.presence.HazelcastPresence;
import dev.carillon.port.PresenceManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on two members; half of the channels are owned by the other one. */
class HazelcastPresenceTest extends PresenceContract {

  private static final TestNodes NODES = new TestNodes();

  private static final Node FIRST = NODES.first("n1");
  private static final Node SECOND = NODES.joining("n2", FIRST);

  private final PresenceManager first = FIRST.ports().presence();
  private final PresenceManager second = SECOND.ports().presence();

  @BeforeAll
  static void meet() {
    TestNodes.eventually("both", () -> FIRST.membership().nodes().size() == 2);
    TestNodes.eventually("both", () -> SECOND.membership().nodes().size() == 2);
  }

  @AfterAll
  static void stop() {
    NODES.close();
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
      first.add("shared" + i, ada, true).await();
      second.add("shared" + i, bob, true).await();
      assertEquals(Map.of("c1", ada, "c2", bob), first.presence("shared" + i).await());
      assertEquals(Map.of("c1", ada, "c2", bob), second.presence("shared" + i).await());
    }
  }

  @Test
  void aClientThatCameBackElsewhereIsNotRemovedByTheNodeItLeft() {
    first.add("moved", client("ada", "c1"), true).await();
    second.add("moved", client("ada", "c1"), true).await();

    assertEquals(false, first.remove("moved", "c1").await());

    assertEquals(1, first.stats("moved").await().clients());
  }

  @Test
  void lostEntriesComeBackWhenTheyAreToldAgain() {
    first.add("lost", client("ada", "c1"), true).await();
    second.add("lost", client("bob", "c2"), true).await();
    FIRST.member().hazelcast().getMap(HazelcastConfigs.PRESENCE).delete("lost");

    ((HazelcastPresence) first).refresh();
    ((HazelcastPresence) second).refresh();

    TestNodes.eventually("both again", () -> first.stats("lost").await().clients() == 2);
  }

  @Test
  void whoAnotherNodeHasTakenOutIsNotTakenOutAgain() {
    first.add("swept", client("ada", "c1"), true).await();
    FIRST.member().hazelcast().getMap(HazelcastConfigs.PRESENCE).delete("swept");

    assertEquals(false, first.remove("swept", "c1").await());
  }

  @Test
  void aNodeThatLeavesTakesItsClientsWithIt() {
    var third = NODES.joining("n3", FIRST);
    var leaving = third.ports().presence();
    TestNodes.eventually("three", () -> FIRST.membership().nodes().size() == 3);
    leaving.add("left", client("ada", "c1"), true).await();
    first.add("left", client("bob", "c2"), true).await();
    assertEquals(2, first.stats("left").await().clients());

    third.close(Duration.ofSeconds(60)).await();

    assertEquals(1, first.stats("left").await().clients());
  }
}
