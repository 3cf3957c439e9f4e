package dev.carillon.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
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
    var network = config.getNetworkConfig();
    network.setPort(port).setPortAutoIncrement(false);
    if (!publicHost.isEmpty()) {
      network.setPublicAddress(publicHost);
    }
    network.getRestApiConfig().setEnabled(false);
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    search.applyTo(join, config);
  }

  MemberPlace withPort(int other) {
    return new MemberPlace(bind, host, publicHost, other, search);
  }
}
