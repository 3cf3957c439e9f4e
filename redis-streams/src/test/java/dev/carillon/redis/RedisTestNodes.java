package dev.carillon.redis;

import dev.carillon.broker.FreePorts;
import dev.carillon.broker.RecordingListener;
import dev.carillon.channel.StreamOptions;
import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.Fingerprint;
import dev.carillon.cluster.Node;
import dev.carillon.cluster.NodeLimits;
import dev.carillon.cluster.NodeSettings;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes of one cluster in this process, whose streams are in one Redis. */
final class RedisTestNodes implements AutoCloseable {

  private final List<Node> nodes = new ArrayList<>();

  /**
   * Starts one more.
   *
   * @param cluster options of the section {@code cluster}
   */
  Node start(RedisServer redis, Map<String, ?> cluster) {
    var name = "n" + (nodes.size() + 1);
    var all = new HashMap<String, Object>(cluster);
    all.put("port", FreePorts.next());
    all.put("bus_port", FreePorts.next());
    all.put("join_timeout", "60s");
    if (!nodes.isEmpty()) {
      all.put("join", List.of("127.0.0.1:" + nodes.get(0).clusterPort()));
    }
    var meters = new SimpleMeterRegistry();
    var settings =
        new NodeSettings(
                name,
                "test",
                Set.of("chat-hub"),
                OptionReader.read(ClusterOptions.class, all),
                NodeLimits.defaults(),
                true,
                true,
                Fingerprint.of(new byte[] {1}),
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4),
                null,
                meters,
                new Connections(),
                null)
            .with(engine(redis, meters));
    var node = Node.start(settings).await();
    nodes.add(node);
    return node;
  }

  private static RedisEngine engine(RedisServer redis, SimpleMeterRegistry meters) {
    var options =
        OptionReader.read(
            RedisEngineOptions.class,
            Map.of(
                "address",
                redis.address(),
                "check_interval",
                "100ms",
                "away_patience",
                "200ms",
                "reconnect_max_delay",
                "200ms"));
    return new RedisEngine(options, new RedisLimits(16 << 20, 1_000, 60_000), meters);
  }

  static RecordingListener listen(Node node, String channel, StreamOptions options) {
    var listener = new RecordingListener(node.vertx().getOrCreateContext());
    node.ports().broker().feed().open(channel, options, listener).await();
    return listener;
  }

  /** Stops all of them. */
  @Override
  public void close() {
    nodes.forEach(node -> node.close(Duration.ofSeconds(10)).await());
    nodes.clear();
  }
}
