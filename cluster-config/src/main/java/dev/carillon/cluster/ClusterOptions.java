package dev.carillon.cluster;

import dev.carillon.cluster.seal.PayloadKeys;
import dev.carillon.cluster.tls.ClusterTls;
import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;
import java.util.List;

/** How nodes find each other and what they have to agree on. */
@Section(value = "cluster", doc = "How nodes find each other and what they have to agree on.")
public record ClusterOptions(
    @Option(
            value = "carillon",
            doc = "Name of the cluster. Nodes of other names are never joined.",
            why = "One cluster on a network needs no other name.")
        String name,
    @Option(
            value = "5701",
            min = "0",
            max = "65535",
            doc =
                "Port of the data grid, best below those of outgoing connections (Linux: 32768 to"
                    + " 60999), of which one may have it already. `0`: any free one there.",
            why = "Hazelcast's own default, which firewalls and manifests know.")
        int port,
    @Option(
            value = "15701",
            min = "0",
            max = "65535",
            doc = "Port of the event bus between nodes. `0`: any free one.",
            why = "Far enough from the other, so that nodes on one machine can count upwards.")
        int busPort,
    @Option(
            value = "127.0.0.1",
            doc =
                "IP address that both cluster ports bind to; `0.0.0.0`: all. Another one than"
                    + " loopback needs `cluster.tls`, and the port of the data grid, which has no"
                    + " encryption, must be reachable by cluster nodes only (docs/SECURITY.md).",
            why = "Nothing is reachable from outside before somebody decides so.")
        String bind,
    @Option(
            doc =
                "Host or address under which other nodes reach this one. Empty: the address bound"
                    + " to, for `0.0.0.0` the one that leads to other networks, else the first one"
                    + " that is not loopback.",
            why = "Needed only behind address translation.")
        String publicHost,
    @Option(
            value = "[]",
            doc =
                "`host:port` of all nodes that form the cluster, the same list on each of them;"
                    + " without a port 5701 is meant.",
            why = "A plain start is a cluster of its own.")
        List<String> members,
    @Option(
            value = "[]",
            doc =
                "`host:port` of nodes of a running cluster, as `--join` gives them. Such a node"
                    + " never forms a cluster: if none answers, it does not start.",
            why = "Forming one silently would split the users in two.")
        List<String> join,
    @Option(
            value = "15s",
            min = "1s",
            max = "10m",
            doc = "How long a joining node looks for the cluster.",
            why = "A node needs about 3 s to start; the rest is for slow machines.")
        Duration joinTimeout,
    @Option(
            doc = "Name of a headless service whose addresses are the nodes, on `cluster.port`.",
            why = "Only inside Kubernetes there is one.")
        String kubernetesDns,
    @Option(
            value = "1",
            min = "1",
            max = "7",
            doc =
                "How many core nodes the cluster is made of: 1, 3, 5 or 7. With 1, one or two nodes"
                    + " survive a killed process, not a network partition; with more, only a"
                    + " majority serves.",
            why = "A single node must serve without waiting for others.")
        int expectedMembers,
    @Option(
            value = "core",
            doc =
                "`core`: keeps a share of the data and counts for the majority. `gateway`: serves"
                    + " clients and keeps nothing, so that it may come and go at any time; it needs"
                    + " running core nodes, and is not counted in `expected_members`.",
            why = "Small installations need no second kind of node.")
        Role role,
    @Option(
            value = "5s",
            min = "0s",
            max = "10m",
            doc =
                "Time within which a node that lost the cluster closes its clients (3011), each at"
                    + " a moment of its own.",
            why = "Clients can't be told to wait; all at once would be a storm for the others.")
        Duration fenceSpread,
    @Option(
            value = "4s",
            min = "500ms",
            max = "10m",
            doc =
                "A node that stood still for longer acknowledges nothing until the others have said"
                    + " that they still know it.",
            why = "Half of the 8 s after which the others may have removed it.")
        Duration pauseLimit,
    @Option(doc = "Certificates of the event bus.") ClusterTls tls,
    @Option(
            secret = true,
            doc =
                "Key with which the payloads of streams are encrypted (AES-256-GCM) before the data"
                    + " grid gets them: 32 bytes in hexadecimal or Base64. Empty: they are not."
                    + " The same on all nodes.",
            why = "Only the operator can give the same key to all nodes, and to nobody else.")
        String payloadKey,
    @Option(
            doc =
                "File with the key, instead of `cluster.payload_key`: one key in a line. The first"
                    + " encrypts, all of them decrypt.",
            why = "A key may be wanted in a file that is mounted.")
        String payloadKeyFile,
    @Option(
            secret = true,
            doc =
                "A second key, with which payloads are decrypted only: the next one before a change"
                    + " of keys, the old one after it.",
            why = "Needed only while a key is replaced.")
        String payloadPreviousKey) {

  public ClusterOptions {
    if (name.isBlank()) {
      throw new ConfigException("name", name, "a name");
    }
    if (expectedMembers % 2 == 0) {
      throw new ConfigException(
          "expected_members",
          expectedMembers,
          "1, 3, 5 or 7; an even number survives no more losses than the odd one below it");
    }
    checkSources(members, join, kubernetesDns);
    if (role == Role.GATEWAY && members.isEmpty() && join.isEmpty() && kubernetesDns.isEmpty()) {
      throw new ConfigException(
          "role", role, "core, or core nodes named by --join, members or kubernetes_dns");
    }
    checkKeys(payloadKey, payloadKeyFile, payloadPreviousKey);
    members = List.copyOf(members);
    join = List.copyOf(join);
  }

  private static void checkSources(List<String> members, List<String> join, String dns) {
    members.forEach(address -> NodeAddress.parse("members", address));
    join.forEach(address -> NodeAddress.parse("join", address));
    if (!members.isEmpty() && !dns.isEmpty()) {
      throw new ConfigException("kubernetes_dns", dns, "empty when cluster.members is set");
    }
    if (!join.isEmpty() && !(members.isEmpty() && dns.isEmpty())) {
      throw new ConfigException(
          "join",
          join,
          "none when cluster.members or cluster.kubernetes_dns is set, which find the nodes");
    }
  }

  private static void checkKeys(String key, String file, String previous) {
    checkKey("payload_key", key);
    checkKey("payload_previous_key", previous);
    if (!file.isEmpty() && !(key.isEmpty() && previous.isEmpty())) {
      throw new ConfigException("payload_key_file", file, "none when cluster.payload_key is set");
    }
    if (key.isEmpty() && !previous.isEmpty()) {
      throw new ConfigException("payload_key", "", "a key, because there is a previous one");
    }
  }

  private static void checkKey(String option, String key) {
    if (!key.isEmpty() && !PayloadKeys.isKey(key)) {
      throw new ConfigException(option, "(set)", PayloadKeys.form());
    }
  }

  /** Whether only a majority of the core nodes may serve. */
  boolean guarded() {
    return expectedMembers > 1;
  }

  /** The smallest number of core nodes that may serve. */
  int majority() {
    return expectedMembers / 2 + 1;
  }

  /**
   * Copies beside the owner's that are written before a publication is acknowledged: with the
   * owner's they are a majority. At least one, so that two nodes hold everything twice.
   */
  int syncBackups() {
    return Math.max(1, expectedMembers / 2);
  }

  /** Whether the event bus is encrypted. */
  boolean busTls() {
    return tls.on(loopbackOnly());
  }

  /** Whether the ports are reachable from this machine only. */
  boolean loopbackOnly() {
    return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1");
  }
}
