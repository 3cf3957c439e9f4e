package dev.carillon.cluster;

import dev.carillon.broker.SessionRegistryContract;
import dev.carillon.cluster.sessions.HazelcastSessions;
import dev.carillon.port.SessionRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract on two members; half of the rows are on the other one. */
class HazelcastSessionsTest extends SessionRegistryContract {

  private static final TestNodes NODES = new TestNodes();

  private static HazelcastSessions sessions = null;

  @BeforeAll
  static void start() {
    var one = NODES.first("n1");
    var other = NODES.joining("n2", one);
    sessions =
        new HazelcastSessions(other.vertx(), other.member().hazelcast(), HazelcastConfigs.SESSIONS);
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  @BeforeEach
  void empty() {
    NODES.running().get(0).member().hazelcast().getMap(HazelcastConfigs.SESSIONS).clear();
  }

  @Override
  protected SessionRegistry sessions() {
    return sessions;
  }
}
