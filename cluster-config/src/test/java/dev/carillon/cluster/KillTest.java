package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.broker.FreePorts;
import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Leave;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Membership.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes in processes of their own, killed with SIGKILL. */
class KillTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10, Duration.ofHours(1), Duration.ofHours(1));

  private final TestNodes nodes = new TestNodes();

  @AfterEach
  void stop() {
    nodes.close();
  }

  /** Kills the child and waits until this node knows. */
  private static void kill(ChildNode child, String name, Node witness) throws Exception {
    var left = new CompletableFuture<Void>();
    witness
        .membership()
        .listen(
            (change, node) -> {
              if (change == Change.LEFT && node.name().equals(name)) {
                left.complete(null);
              }
            });
    child.kill();
    left.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aKilledNodeIsGoneAndItsClientsWithIt() throws Exception {
    var first = nodes.first("n1");
    var presence = first.ports().presence();
    var ada = new ClientInfo("ada", "c1", Bytes.EMPTY, Bytes.EMPTY);
    presence.add(ChildNode.CHANNEL, ada, true).await();
    var listener = new RecordingListener(first.vertx().getOrCreateContext());
    first
        .ports()
        .broker()
        .feed()
        .open(ChildNode.CHANNEL, StreamOptions.LIVE_ONLY, listener)
        .await();
    try (var child = ChildNode.start("n2", Map.of("join", TestNodes.address(first)))) {
      TestNodes.eventually("two", () -> presence.presence(ChildNode.CHANNEL).await().size() == 3);

      kill(child, "n2", first);

      assertEquals(Map.of("c1", ada), presence.presence(ChildNode.CHANNEL).await());
      assertEquals(List.of("n1"), NodeTest.names(first));
      TestNodes.eventually("a leave", () -> !leaves(listener).isEmpty());
      assertEquals(List.of("client-of-n2"), leaves(listener), "not of who was not announced");
    }
  }

  private static List<String> leaves(RecordingListener listener) {
    return listener.events().stream()
        .filter(Leave.class::isInstance)
        .map(event -> ((Leave) event).info().client())
        .toList();
  }

  @Test
  void theDeathOfTheOldestLosesNothingAndTheNextOneIsTheOldest() throws Exception {
    try (var oldest = ChildNode.start("n1", Map.of())) {
      var options = TestNodes.options(Map.of("join", List.of(oldest.address())));
      var second = nodes.start(TestNodes.settings("n2", options));
      var third = nodes.start(TestNodes.settings("n3", options));
      for (var node : List.of(second, third)) {
        TestNodes.eventually("three", () -> NodeTest.names(node).equals(List.of("n1", "n2", "n3")));
        TestNodes.eventually("ready", () -> node.readiness().ready());
      }
      for (int i = 0; i < 50; i++) {
        var info = new ClientInfo("ada", "c" + i, Bytes.EMPTY, Bytes.EMPTY);
        second.ports().presence().add("room" + i, info, true).await();
      }

      kill(oldest, "n1", second);

      for (var node : List.of(second, third)) {
        TestNodes.eventually("two", () -> NodeTest.names(node).equals(List.of("n2", "n3")));
      }
      for (int i = 0; i < 50; i++) {
        assertEquals(
            Set.of("c" + i), third.ports().presence().presence("room" + i).await().keySet());
      }
      TestNodes.eventually("still ready", () -> second.readiness().ready());
    }
  }

  @Test
  void aMajorityGoesOnAndTheLastNodeAcknowledgesNothing() throws Exception {
    int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next()};
    var list =
        IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    IntFunction<Map<String, String>> options =
        i -> Map.of("port", Integer.toString(ports[i]), "members", list, "expected_members", "3");
    var own = Node.start(TestNodes.settings("n3", TestNodes.options(options.apply(2))));
    try (var one = ChildNode.start("n1", options.apply(0));
        var two = ChildNode.start("n2", options.apply(1))) {
      var node = TestNodes.await(own);
      nodes.stopLater(node);
      TestNodes.eventually("three", () -> NodeTest.names(node).size() == 3);
      TestNodes.eventually("ready", () -> node.readiness().ready());
      TestNodes.eventually("copied", () -> one.hasAllCopies() && two.hasAllCopies());
      var broker = node.ports().broker();
      assertEquals(1, broker.publish("kept", text("a"), KEPT).await().offset());

      one.kill();
      TestNodes.eventually("two", () -> NodeTest.names(node).size() == 2);
      assertEquals(2, broker.publish("kept", text("b"), KEPT).await().offset());
      TestNodes.eventually("still ready", () -> node.readiness().ready());

      two.kill();
      TestNodes.eventually("alone", () -> NodeTest.names(node).size() == 1);
      assertFalse(node.readiness().ready());
      assertThrows(Exception.class, () -> broker.publish("kept", text("c"), KEPT).await());
    }
  }

  private static NewPublication text(String text) {
    return NewPublication.of(Bytes.utf8(text)).withIdempotencyKey(text);
  }
}
