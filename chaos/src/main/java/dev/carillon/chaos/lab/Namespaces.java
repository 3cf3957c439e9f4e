package dev.carillon.chaos.lab;

import java.util.List;

/**
 * A network namespace for each node, with one link to a bridge of the clients, which this process
 * is on too, and one to a bridge of the nodes. Needs root and the command {@code ip}.
 */
final class Namespaces implements Network {
  private static final String CLIENTS = "eth0";
  private static final String NODES = "eth1";

  /** The largest cluster of a lab. */
  private static final int LARGEST = 5;

  /** An address that nobody has, so that what is sent there is lost on the bridge. */
  private static final String NOBODY = "02:00:00:00:00:fe";

  private final int nodes;
  private final String tag;
  private final int subnet;

  private Namespaces(int nodes, int lab) {
    this.nodes = nodes;
    // Names of interfaces have at most 15 characters.
    this.tag = "chaos" + lab + "-";
    this.subnet = lab * 2;
  }

  /**
   * Makes the networks.
   *
   * @param lab the number of the lab, from which names and addresses are made
   * @throws LabException if that is not permitted; nothing is left behind
   */
  static Namespaces make(int nodes, int lab) {
    var network = new Namespaces(nodes, lab);
    try {
      network.make();
      return network;
    } catch (LabException refused) {
      network.close();
      throw LabException.notPermitted(String.valueOf(refused.getMessage()));
    }
  }

  private void make() {
    makeBridge(bridge("c"));
    makeBridge(bridge("n"));
    Command.run("ip", "addr", "add", address(0, 254) + "/24", "dev", bridge("c"));
    for (int node = 0; node < nodes; node++) {
      Command.run("ip", "netns", "add", namespace(node));
      inside(node, "ip", "link", "set", "lo", "up");
      link(node, "c", CLIENTS, clientHost(node));
      link(node, "n", NODES, clusterHost(node));
    }
  }

  private static void makeBridge(String name) {
    Command.run("ip", "link", "add", name, "type", "bridge");
    Command.run("ip", "link", "set", name, "up");
  }

  private void link(int node, String kind, String inner, String address) {
    var outer = port(node, kind);
    Command.run(
        "ip",
        "link",
        "add",
        outer,
        "type",
        "veth",
        "peer",
        "name",
        inner,
        "netns",
        namespace(node));
    Command.run("ip", "link", "set", outer, "master", bridge(kind), "up");
    inside(node, "ip", "addr", "add", address + "/24", "dev", inner);
    inside(node, "ip", "link", "set", inner, "up");
  }

  private void inside(int node, String... words) {
    var line = new String[words.length + 4];
    System.arraycopy(new String[] {"ip", "netns", "exec", namespace(node)}, 0, line, 0, 4);
    System.arraycopy(words, 0, line, 4, words.length);
    Command.run(line);
  }

  private String bridge(String kind) {
    return tag + kind;
  }

  private String port(int node, String kind) {
    return tag + kind + node;
  }

  private String namespace(int node) {
    return tag + "n" + node;
  }

  private String address(int network, int host) {
    return "10.78." + (subnet + network) + "." + host;
  }

  @Override
  public String clientHost(int node) {
    return address(0, node + 1);
  }

  @Override
  public String clusterHost(int node) {
    return address(1, node + 1);
  }

  @Override
  public String labHost() {
    return address(0, 254);
  }

  @Override
  public List<String> prefix(int node) {
    return List.of("ip", "netns", "exec", namespace(node));
  }

  @Override
  public boolean breaks() {
    return true;
  }

  @Override
  public void cut(int node) {
    Command.run("ip", "link", "set", port(node, "n"), "nomaster");
  }

  @Override
  public void deafen(int from, int to) {
    inside(
        from,
        "ip",
        "neigh",
        "replace",
        clusterHost(to),
        "lladdr",
        NOBODY,
        "nud",
        "permanent",
        "dev",
        NODES);
  }

  @Override
  public void heal(int node) {
    Command.run("ip", "link", "set", port(node, "n"), "master", bridge("n"));
    for (int other = 0; other < nodes; other++) {
      quietly(
          "ip",
          "netns",
          "exec",
          namespace(node),
          "ip",
          "neigh",
          "del",
          clusterHost(other),
          "dev",
          NODES);
    }
  }

  @Override
  public void close() {
    for (int node = 0; node < nodes; node++) {
      // The system removes a namespace some time later, with what is left in it.
      quietly("ip", "link", "del", port(node, "c"));
      quietly("ip", "link", "del", port(node, "n"));
      quietly("ip", "netns", "del", namespace(node));
    }
    quietly("ip", "link", "del", bridge("c"));
    quietly("ip", "link", "del", bridge("n"));
  }

  /** Removes what a lab of this number left behind that was killed, if there is anything. */
  static void removeForgotten(int lab) {
    new Namespaces(LARGEST, lab).close();
  }

  /** For what may not be there. */
  private static void quietly(String... words) {
    try {
      Command.run(words);
    } catch (LabException absent) {
      // It need not have been there.
    }
  }
}
