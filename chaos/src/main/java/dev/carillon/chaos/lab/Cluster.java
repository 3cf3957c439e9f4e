package dev.carillon.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private static final String CERTIFICATES = "certs";
  private static final Duration WHOLE = Duration.ofSeconds(120);
  private static final long LOOK_MILLIS = 200;

  /** Longer than a node can be silent before the others notice it: 3 s. */
  private static final long CERTAIN_MILLIS = 4_000;

  private final LabNumber lab;
  private final Network network;
  private final Thread whenKilled = new Thread(this::remove);
  private final List<LabNode> nodes = new ArrayList<>();
  private @Nullable LabRedis redis;

  private Cluster(LabNumber lab, Network network) {
    this.lab = lab;
    this.network = network;
    Runtime.getRuntime().addShutdownHook(whenKilled);
  }

  /**
   * Starts the nodes and waits until all of them are ready.
   *
   * @param carillon the start script
   * @param folder for configuration, state and logs
   * @param plan what the network must be able to do, and whether the streams are in Redis
   * @throws LabException if that is not permitted here, or a node does not start
   */
  public static Cluster start(int size, Path carillon, Path folder, Plan plan, String secret)
      throws IOException {
    var cluster = in(LabNumber.claim(), size, plan.breaksNetwork());
    var network = cluster.network;
    try {
      var configuration = folder.resolve("carillon.yaml");
      var settings = Settings.yaml(cluster.members(size), size, secret);
      if (plan.needsRedis()) {
        var started = LabRedis.started(network.labHost(), folder.resolve("redis"), cluster.lab);
        cluster.redis = started;
        settings += Settings.inRedis(started.address());
      }
      Files.writeString(configuration, settings);
      makeCertificates(size, carillon, folder);
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

  private static Cluster in(LabNumber lab, int size, boolean breakable) {
    Namespaces.removeForgotten(lab.value());
    try {
      var network = breakable ? Namespaces.make(size, lab.value()) : new Loopback(lab.value());
      return new Cluster(lab, network);
    } catch (LabException refused) {
      lab.close();
      throw refused;
    }
  }

  private List<String> members(int size) {
    return IntStream.range(0, size).mapToObj(network::clusterHost).collect(Collectors.toList());
  }

  /** The nodes encrypt their bus, as they do by default on addresses that others reach. */
  private static void makeCertificates(int size, Path carillon, Path folder) {
    var command = new ArrayList<>(List.of(carillon.toString(), "certs", "--out"));
    command.add(folder.resolve(CERTIFICATES).toString());
    IntStream.range(0, size).forEach(node -> command.addAll(List.of("--node", name(node))));
    Command.run(command.toArray(String[]::new));
  }

  private static String certificate(Path folder, String name) {
    return folder.resolve(CERTIFICATES).resolve(name + ".pem").toString();
  }

  private static String name(int index) {
    return "n" + (index + 1);
  }

  private LabNode node(int index, Path carillon, Path folder, Path configuration) {
    var name = name(index);
    var command = new ArrayList<>(network.prefix(index));
    command.addAll(List.of(carillon.toString(), "start", "--config", configuration.toString()));
    command.addAll(List.of("--name", name));
    set(command, "state_dir", folder.resolve(name).toString());
    set(command, "bind", network.clientHost(index));
    set(command, "http_server.internal_bind", network.clientHost(index));
    set(command, "cluster.bind", network.clusterHost(index));
    set(command, "cluster.tls.ca_file", certificate(folder, "ca"));
    set(command, "cluster.tls.cert_file", certificate(folder, name));
    set(command, "cluster.tls.key_file", certificate(folder, name + "-key"));
    var log = folder.resolve(name + ".log");
    return new LabNode(name, network.clientHost(index), command, log, lab);
  }

  private static void set(List<String> command, String key, String value) {
    command.addAll(List.of("--set", key + "=" + value));
  }

  /** The nodes, in the order of their names. */
  public List<LabNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Waits until every node is ready and counts all of them, and still does 4 s later: right after a
   * fault a node need not have noticed yet that it was removed. Starts those again that have ended.
   *
   * @throws LabException if that is not so within two minutes
   */
  void awaitWhole() {
    long end = System.nanoTime() + WHOLE.toNanos();
    boolean before = false;
    while (System.nanoTime() < end) {
      boolean whole = isWhole();
      if (whole && before) {
        return;
      }
      before = whole;
      Pause.millis(whole ? CERTAIN_MILLIS : LOOK_MILLIS);
    }
    throw LabException.unwell(
        "not every node is ready and counts "
            + nodes.size()
            + " after "
            + WHOLE.toSeconds()
            + " s");
  }

  private boolean isWhole() {
    nodes.forEach(LabNode::supervise);
    return nodes.stream().allMatch(node -> node.isReady() && node.members() == nodes.size());
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
    try {
      Runtime.getRuntime().removeShutdownHook(whenKilled);
    } catch (IllegalStateException ending) {
      return; // The hook is at work.
    }
    remove();
  }

  private void remove() {
    lab.endProcesses();
    network.close();
    lab.close();
  }
}
