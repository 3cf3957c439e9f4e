package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.FreePorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.hub.Connections;
import dev.carillon.hub.Connections.Connection;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.StreamsUnavailable;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that hears fewer core nodes than the majority keeps to itself. */
class FenceTest {

  private static final int CLIENTS = 1_000;

  /** Longer than the whole test, so that only some are sent away. */
  private static final String SPREAD = "10m";

  private final TestNodes nodes = new TestNodes();
  private final List<EndReason> ended = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void whoHearsNoMajorityAcknowledgesNothingAndSendsItsClientsAwayUntilItDoes() throws IOException {
    var options = options();
    var own = Node.start(TestNodes.settings("n3", TestNodes.options(options.get(2))));
    try (var one = ChildNode.start("n1", options.get(0));
        var two = ChildNode.start("n2", options.get(1))) {
      var node = TestNodes.await(own);
      nodes.stopLater(node);
      TestNodes.eventually("open", () -> !node.membership().isFenced());
      TestNodes.eventually("ready", () -> node.readiness().ready());
      var connections = node.ports().connections();
      IntStream.range(0, CLIENTS).forEach(i -> open(connections, "c" + i));
      assertEquals(StreamPosition.NONE, publish(node));

      one.signal("STOP");
      assertFalse(node.membership().isFenced(), "two of three are a majority");
      two.signal("STOP");

      TestNodes.eventually("fenced", () -> node.membership().isFenced());
      assertThrows(StreamsUnavailable.class, () -> publish(node));
      assertTrue(
          node.readiness().checks().stream().anyMatch(c -> c.name().equals("fence") && !c.ok()));
      TestNodes.eventually("somebody was sent away", () -> ended.contains(EndReason.FENCED));

      one.signal("CONT");
      two.signal("CONT");

      TestNodes.eventually("open again", () -> !node.membership().isFenced());
      assertEquals(StreamPosition.NONE, publish(node));
      assertTrue(
          ended.stream().filter(reason -> reason == EndReason.FENCED).count() < CLIENTS,
          "not everybody was sent away");
    }
  }

  private void open(Connections connections, String id) {
    connections.opened(id, new Client(connections, id));
  }

  /** Nothing of it is stored, so that only the fence can refuse it. */
  private static StreamPosition publish(Node node) {
    return TestNodes.await(
        node.ports()
            .broker()
            .publish("live", NewPublication.of(Bytes.utf8("a")), StreamOptions.LIVE_ONLY));
  }

  private static List<Map<String, String>> options() throws IOException {
    int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next()};
    var list =
        IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    var all = new ArrayList<Map<String, String>>();
    for (int port : ports) {
      var options = new HashMap<String, String>();
      options.put("port", Integer.toString(port));
      options.put("members", list);
      options.put("expected_members", "3");
      options.put("fence_spread", SPREAD);
      all.add(options);
    }
    return all;
  }

  /** A client that is gone as soon as it is told. */
  private final class Client implements Connection {

    private final Connections connections;
    private final String id;

    Client(Connections connections, String id) {
      this.connections = connections;
      this.id = id;
    }

    @Override
    public SessionRecord record() {
      return new SessionRecord(id, new Incarnation(0, 1), "", "", "", "", "", 0, SessionStats.NONE);
    }

    @Override
    public void end(EndReason reason) {
      ended.add(reason);
      connections.closed(id);
    }
  }
}
