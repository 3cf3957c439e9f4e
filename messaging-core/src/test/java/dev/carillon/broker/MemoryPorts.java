package dev.carillon.broker;

import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Ports;
import dev.carillon.port.SteadyTime;
import dev.carillon.port.Streams;
import dev.carillon.wire.Incarnation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;

/**
 * The ports of one or several nodes in the memory of one process.
 *
 * <pre>{@code
 * Ports ports = MemoryPorts.create(vertx).await();               // one node
 * MemoryPorts cluster = new MemoryPorts(vertx);                  // or several that share all state
 * Ports first = cluster.join("n1").await();
 * Ports second = cluster.join("n2").await();
 * }</pre>
 */
public final class MemoryPorts {

  private static final int LOOPS = 2;

  private final Vertx vertx;
  private final LocalNetwork network = new LocalNetwork();
  private final MemoryStreams streams;
  private final MemoryPresence presence;
  private final MemorySessions sessions;

  public MemoryPorts(Vertx vertx) {
    this.vertx = vertx;
    this.streams = new MemoryStreams(vertx, System::currentTimeMillis);
    this.presence = new MemoryPresence(vertx);
    this.sessions = new MemorySessions(vertx);
  }

  /** The ports of a single node called {@code n1}. */
  public static Future<Ports> create(Vertx vertx) {
    return new MemoryPorts(vertx).join("n1");
  }

  /** The ports of one more node. */
  public Future<Ports> join(String name) {
    return join(name, OptionReader.defaults(BrokerOptions.class));
  }

  public Future<Ports> join(String name, BrokerOptions options) {
    return join(node(name, "chat-hub"), options);
  }

  /** The ports of one more node that says it runs these verticles. */
  public Future<Ports> joinRunning(String name, String... verticles) {
    return join(node(name, verticles), OptionReader.defaults(BrokerOptions.class));
  }

  /** The ports of one more node, which keeps its streams elsewhere. */
  public Future<Ports> join(String name, BrokerOptions options, Streams elsewhere) {
    return EventLoops.start(vertx, LOOPS)
        .map(loops -> join(node(name, "chat-hub"), options, loops, elsewhere));
  }

  private Future<Ports> join(NodeInfo self, BrokerOptions options) {
    return EventLoops.start(vertx, LOOPS).map(loops -> join(self, options, loops, streams));
  }

  public LocalNetwork network() {
    return network;
  }

  public MemoryStreams streams() {
    return streams;
  }

  private Ports join(NodeInfo self, BrokerOptions options, List<Context> loops, Streams streams) {
    Context first = loops.get(0);
    LocalMembership membership = new LocalMembership(network, self, first);
    LocalLinks links = new LocalLinks(vertx, network, self.incarnation(), first);
    NodeFeed feed = new NodeFeed(vertx, loops, streams, options, SteadyTime::millis);
    feed.attach(links, membership);
    var meters = new SimpleMeterRegistry();
    feed.register(meters);
    var broker = new StreamBroker(vertx, feed, streams, links, options);
    broker.register(meters);
    network.join(membership, links);
    return new Ports(broker, presence, sessions, links, membership, new Connections(), meters);
  }

  private static NodeInfo node(String name, String... verticles) {
    return new NodeInfo(
        Incarnation.random(),
        name,
        "core",
        "test",
        Set.of(verticles),
        List.of(),
        "127.0.0.1:0",
        System.currentTimeMillis());
  }
}
