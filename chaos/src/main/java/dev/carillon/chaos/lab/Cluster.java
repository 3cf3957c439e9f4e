package dev.carillon.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The nodes under test, all of the same configuration, and the network between them. */
public final class Cluster implements AutoCloseable {
  /** Of every node; each has an address of its own. */
  public static final int CLIENT_PORT = 8000;

  static final int MANAGEMENT_PORT = 9090;

  private final Network network;
  private final List<LabNode> nodes = new ArrayList<>();
  private @Nullable LabRedis redis;

  private Cluster(Network network) {
    this.network = network;
  }

  /**
   * Starts the nodes and waits until all of them are ready.
   *
   * @param carillon the start script
   * @param folder for configuration, state and logs
   * @param faults what the network must be able to do, and whether the streams are in Redis
   * @throws LabException if that is not permitted here, or a node does not start
   */
  public static Cluster start(
      int size, Path carillon, Path folder, List<Fault> faults, String secret) throws IOException {
    boolean breakable = faults.stream().anyMatch(Fault::breaksNetwork);
    Network network = breakable ? Namespaces.make(size) : new Loopback();
    var cluster = new Cluster(network);
    try {
      var configuration = folder.resolve("carillon.yaml");
      var settings = Settings.yaml(cluster.members(size), size, secret);
      if (faults.stream().anyMatch(Fault::needsRedis)) {
        var started = LabRedis.started(network.labHost(), folder.resolve("redis"));
        cluster.redis = started;
        settings += Settings.inRedis(started.address());
      }
      Files.writeString(configuration, settings);
      for (int i = 0; i < size; i++) {
        cluster.nodes.add(cluster.node(i, carillon, folder, configuration));
      }
      cluster.nodes.forEach(LabNode::start);
      cluster.nodes.forEach(LabNode::awaitReady);
      return cluster;
    } catch (LabException | IOException failed) {
      cluster.close();
      throw failed;
    }
  }

  private List<String> members(int size) {
    return IntStream.range(0, size).mapToObj(network::clusterHost).collect(Collectors.toList());
  }

  private LabNode node(int index, Path carillon, Path folder, Path configuration) {
    var name = "n" + (index + 1);
    var command = new ArrayList<>(network.prefix(index));
    command.addAll(List.of(carillon.toString(), "start", "--config", configuration.toString()));
    command.addAll(List.of("--name", name));
    set(command, "state_dir", folder.resolve(name).toString());
    set(command, "bind", network.clientHost(index));
    set(command, "http_server.internal_bind", network.clientHost(index));
    set(command, "cluster.bind", network.clusterHost(index));
    return new LabNode(name, network.clientHost(index), command, folder.resolve(name + ".log"));
  }

  private static void set(List<String> command, String key, String value) {
    command.addAll(List.of("--set", key + "=" + value));
  }

  /** The nodes, in the order of their names. */
  public List<LabNode> nodes() {
    return List.copyOf(nodes);
  }

  Network network() {
    return network;
  }

  /** Where the streams are, in a run that has faults for it. */
  LabRedis redis() {
    if (redis == null) {
      throw new IllegalStateException("no Redis (expected: a fault that needs it)");
    }
    return redis;
  }

  /** Ends all processes at once and removes the network. */
  @Override
  public void close() {
    for (var node : nodes) {
      if (node.isAlive()) {
        node.kill();
      }
    }
    if (redis != null) {
      redis.close();
    }
    network.close();
  }
}
