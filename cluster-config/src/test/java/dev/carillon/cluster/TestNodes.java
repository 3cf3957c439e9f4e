package dev.carillon.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.carillon.broker.Eventually;
import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.links.LinkOptions;
import dev.carillon.cluster.streams.StreamsOptions;
import dev.carillon.cluster.tls.Trust;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Starts real nodes in this process on free ports of the loopback, and stops them all. */
final class TestNodes implements AutoCloseable {

  static final Fingerprint SECRETS = Fingerprint.of(new byte[] {1, 2, 3});

  private final List<Node> running = new ArrayList<>();

  /** Options on free ports, with these on top. */
  static ClusterOptions options(Map<String, ?> overrides) {
    var all = new HashMap<String, Object>();
    all.put("port", FreePorts.next());
    all.put("bus_port", FreePorts.next());
    all.put("join_timeout", "60s");
    all.putAll(overrides);
    return OptionReader.read(ClusterOptions.class, all);
  }

  /** One of three that are expected, which looks for these members. */
  static NodeSettings listed(String name, int port, List<String> members) {
    return settings(name, options(Map.of("port", port, "members", members, "expected_members", 3)));
  }

  static NodeSettings settings(String name, ClusterOptions options) {
    return settings(name, options, SECRETS);
  }

  static NodeSettings settings(String name, ClusterOptions options, Fingerprint secrets) {
    return settings(name, options, secrets, new SimpleMeterRegistry());
  }

  static NodeSettings settings(
      String name, ClusterOptions options, Fingerprint secrets, MeterRegistry meters) {
    return new NodeSettings(
        name,
        "test",
        Set.of("chat-hub"),
        options,
        limits(),
        true,
        true,
        secrets,
        new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4),
        null,
        meters,
        new Connections(),
        null);
  }

  /** A machine that stands still for seconds makes no test fail. */
  private static NodeLimits limits() {
    var defaults = NodeLimits.defaults();
    return new NodeLimits(
        defaults.broker(),
        OptionReader.read(StreamsOptions.class, Map.of("store_timeout", "60s")),
        defaults.channels(),
        OptionReader.read(LinkOptions.class, Map.of("open_timeout", "60s")));
  }

  /** The first node of a cluster. */
  Node first(String name) {
    return start(settings(name, options(Map.of())));
  }

  /** One more, which has its copies: before that operations may fail, and no node is ready. */
  Node joining(String name, Node first) {
    var node = start(settings(name, options(Map.of("join", List.of(address(first))))));
    eventually(name + " has no copies", () -> isSafe(first) && isSafe(node));
    return node;
  }

  private static boolean isSafe(Node node) {
    return node.member().hazelcast().getPartitionService().isClusterSafe();
  }

  Node start(NodeSettings settings) {
    var node = await(Node.start(settings));
    running.add(node);
    return node;
  }

  /** A member of this name that has not been admitted, and never asks whether it agrees. */
  static HazelcastInstance notAdmitted(String name, Node target) {
    var options = options(Map.of());
    var address = NodeAddress.parse("join", address(target));
    var search = new MemberPlace.Search.Target(address, Duration.ofSeconds(60));
    var place = new MemberPlace("127.0.0.1", "127.0.0.1", "", 0, search);
    var traits = MemberTraits.of(settings(name, options), 0, Trust.NONE, Trust.NONE);
    return Hazelcast.newHazelcastInstance(HazelcastConfigs.of(options, traits, place));
  }

  /** Takes over a node that was started elsewhere. */
  void stopLater(Node node) {
    running.add(node);
  }

  List<Node> running() {
    return List.copyOf(running);
  }

  static String address(Node node) {
    return "127.0.0.1:" + node.clusterPort();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(failed);
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** Waits until the condition holds. */
  static void eventually(String what, BooleanSupplier condition) {
    Eventually.eventually(() -> what, condition);
  }

  @Override
  public void close() {
    running.forEach(node -> await(node.close(Duration.ofSeconds(60))));
  }
}
