package dev.carillon.cluster;

import dev.carillon.broker.SessionRegistryContract;
import dev.carillon.port.SessionRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract on two members; half of the rows are on the other one. */
class HazelcastSessionsTest extends SessionRegistryContract {

  private static final TestNodes NODES = new TestNodes();

  private static final Node FIRST = NODES.first("n1");
  private static final Node SECOND = NODES.joining("n2", FIRST);

  @AfterAll
  static void stop() {
    NODES.close();
  }

  @BeforeEach
  void empty() {
    FIRST.member().hazelcast().getMap(HazelcastConfigs.SESSIONS).clear();
  }

  @Override
  protected SessionRegistry sessions() {
    return SECOND.ports().sessions();
  }
}
