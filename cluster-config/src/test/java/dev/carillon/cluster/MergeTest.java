package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.map.IMap;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.wire.Incarnation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when something else is found at the address of a node that died. */
class MergeTest {

  private static final String WRITERS = "hazelcast.io.output.thread.count";

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Node survivorOf(ChildNode dead) {
    var options = TestNodes.options(Map.of("join", List.of(dead.address())));
    var survivor = nodes.start(TestNodes.settings("n2", options));
    dead.kill();
    TestNodes.eventually("alone", () -> NodeTest.names(survivor).equals(List.of("n2")));
    return survivor;
  }

  private Node at(ChildNode dead, String name, Fingerprint secrets) {
    int port = NodeAddress.parse("join", dead.address()).port();
    var options = TestNodes.options(Map.of("port", port));
    return nodes.start(TestNodes.settings(name, options, secrets));
  }

  /** The row of a node that is in no cluster. */
  private static void mark(Node node) {
    marks(node).put(Incarnation.random().toString(), new StoredNode(List.of()));
  }

  private static IMap<String, StoredNode> marks(Node node) {
    return node.member().hazelcast().getMap(HazelcastConfigs.NODES);
  }

  /** Either side may be the one that is to merge. */
  private static int refusals(Node node) {
    return node.member().guard().refusals();
  }

  @Test
  void aStrangerAtTheAddressOfADeadNodeStaysAStranger() {
    try (var dead = ChildNode.start("n1", Map.of())) {
      var survivor = survivorOf(dead);
      var stranger = at(dead, "n1", Fingerprint.of(new byte[] {66}));

      TestNodes.eventually("refused", () -> refusals(survivor) + refusals(stranger) > 0);

      assertEquals(List.of("n2"), NodeTest.names(survivor));
      assertEquals(List.of("n1"), NodeTest.names(stranger));
    }
  }

  /**
   * As a node that hangs: its system accepts connections, and nobody answers. Only one thread
   * writes to all nodes here, so that it is seen when a connection without an answer keeps it.
   */
  @Test
  void whoAcceptsAndSaysNothingKeepsNobodyElseFromTheOthers() throws IOException {
    System.setProperty(WRITERS, "1");
    try (var dead = ChildNode.start("n1", Map.of())) {
      var options = TestNodes.options(Map.of("join", List.of(dead.address())));
      var second = nodes.start(TestNodes.settings("n2", options));
      var third = nodes.start(TestNodes.settings("n3", options));
      dead.kill();
      try (var silent = silence(dead)) {
        TestNodes.eventually("two", () -> NodeTest.names(second).equals(List.of("n2", "n3")));
        silent.accept();

        for (int i = 0; i < 50; i++) {
          var room = "room" + i;
          var ada = new ClientInfo("ada", "c" + i, Bytes.EMPTY, Bytes.EMPTY);
          TestNodes.eventually(room, () -> isAdded(second, room, ada));
        }
        assertEquals(Set.of("c49"), third.ports().presence().presence("room49").await().keySet());
      }
    } finally {
      System.clearProperty(WRITERS);
    }
  }

  /** A change while copies move may fail for lack of an answer; then it is made again. */
  private static boolean isAdded(Node node, String room, ClientInfo client) {
    var added = node.ports().presence().add(room, client, true);
    return added.map(true).otherwise(false).await();
  }

  private static ServerSocket silence(ChildNode dead) throws IOException {
    int port = NodeAddress.parse("join", dead.address()).port();
    var socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    return socket;
  }

  @Test
  void aNodeThatCameBackAtItsAddressIsFoundAgain() {
    try (var dead = ChildNode.start("n1", Map.of())) {
      var survivor = survivorOf(dead);
      mark(survivor);
      var back = at(dead, "n1", TestNodes.SECRETS);
      mark(back);

      TestNodes.eventually("together", () -> NodeTest.names(back).contains("n2"));
      TestNodes.eventually("together", () -> NodeTest.names(survivor).contains("n1"));

      assertEquals(0, refusals(survivor) + refusals(back));
      assertEquals(1, marks(survivor).size(), "one brings nothing");
    }
  }
}
