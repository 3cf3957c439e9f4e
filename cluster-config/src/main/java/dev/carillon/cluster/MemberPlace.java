package dev.carillon.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import java.time.Duration;
import java.util.List;

/**
 * Where a member stands on the network, and how it looks for the others.
 *
 * @param bind address its socket binds to
 * @param host its own address as it knows it: that of {@code bind}, or a real one for a wildcard
 * @param publicHost where others reach it; empty: {@code host}
 * @param port of its socket; 0: any
 * @param search how it finds the others
 */
record MemberPlace(String bind, String host, String publicHost, int port, Search search) {

  /** Without it the system tries for two minutes, and goes on after a partition has healed. */
  private static final int CONNECT_SECONDS = 3;

  /** How a member finds the others. */
  sealed interface Search {

    void applyTo(JoinConfig join, Config config);

    /** It does not look: it is the first. */
    record Alone() implements Search {
      @Override
      public void applyTo(JoinConfig join, Config config) {
        // An empty list, and not "no joiner", which would be logged as a warning.
        join.getTcpIpConfig().setEnabled(true);
      }
    }

    /** All of them know this list, and form the cluster together. */
    record Listed(List<String> members) implements Search {
      @Override
      public void applyTo(JoinConfig join, Config config) {
        join.getTcpIpConfig().setEnabled(true).setMembers(members);
      }
    }

    /** The addresses of a headless service. */
    record Service(String dns, int port) implements Search {
      @Override
      public void applyTo(JoinConfig join, Config config) {
        join.getKubernetesConfig()
            .setEnabled(true)
            .setProperty("service-dns", dns)
            .setProperty("service-port", Integer.toString(port));
      }
    }

    /** Goes to this member of a running cluster and nowhere else, and never forms a cluster. */
    record Target(NodeAddress member, Duration timeout) implements Search {
      @Override
      public void applyTo(JoinConfig join, Config config) {
        join.getTcpIpConfig().setEnabled(true).setRequiredMember(member.toString());
        config.setProperty(
            "hazelcast.max.join.seconds", Long.toString(Math.max(1, timeout.toSeconds())));
      }
    }
  }

  void applyTo(Config config) {
    config.setProperty("hazelcast.local.localAddress", host);
    config.setProperty("hazelcast.socket.bind.any", Boolean.toString(!bind.equals(host)));
    // A socket for members alone. The common one, which also takes clients of the data grid, keeps
    // a
    // thread busy as long as the other side of a connection says nothing, as a process that hangs
    // does; nothing else is written by that thread meanwhile, and healthy members lose each other.
    var network = config.getAdvancedNetworkConfig().setEnabled(true);
    network.setMemberEndpointConfig(socket());
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    search.applyTo(join, config);
  }

  private ServerSocketEndpointConfig socket() {
    var socket = new ServerSocketEndpointConfig();
    socket.setPort(port).setPortAutoIncrement(false);
    socket.setSocketConnectTimeoutSeconds(CONNECT_SECONDS);
    return publicHost.isEmpty() ? socket : socket.setPublicAddress(publicHost);
  }

  MemberPlace withPort(int other) {
    return new MemberPlace(bind, host, publicHost, other, search);
  }
}
