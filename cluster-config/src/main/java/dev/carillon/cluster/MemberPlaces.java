package dev.carillon.cluster;

import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Decides where this member stands on the network, and whom it looks for. Blocks. */
final class MemberPlaces {

  /** At least so much is left for joining, however late the target answered. */
  private static final Duration SHORTEST_JOIN = Duration.ofSeconds(5);

  private final NodeSettings settings;
  private final ClusterOptions options;

  MemberPlaces(NodeSettings settings) {
    this.settings = settings;
    this.options = settings.cluster();
  }

  MemberPlace find() {
    var search = search();
    return new MemberPlace(
        options.bind(), host(options), options.publicHost(), freePort(settings), search);
  }

  static int freePort(NodeSettings settings) {
    var options = settings.cluster();
    return FreePort.at("cluster.port", options.bind(), options.port(), settings.portMoves());
  }

  /** The address that others reach this node at when no other was configured. */
  static String host(ClusterOptions options) {
    try {
      var bound = InetAddress.getByName(options.bind());
      return bound.isAnyLocalAddress() ? outside(options) : bound.getHostAddress();
    } catch (UnknownHostException unknown) {
      throw badAddress("cluster.bind", options.bind(), "an address of this machine");
    }
  }

  private MemberPlace.Search search() {
    if (!options.join().isEmpty()) {
      return target();
    }
    if (!options.members().isEmpty()) {
      var members =
          options.members().stream()
              .map(text -> NodeAddress.parse("members", text).toString())
              .toList();
      return new MemberPlace.Search.Listed(members);
    }
    return options.kubernetesDns().isEmpty()
        ? new MemberPlace.Search.Alone()
        : new MemberPlace.Search.Service(options.kubernetesDns(), options.port());
  }

  private MemberPlace.Search target() {
    long begin = System.nanoTime();
    var addresses = options.join().stream().map(text -> NodeAddress.parse("join", text)).toList();
    var found = resolved(JoinProbe.find(addresses, options.joinTimeout()));
    var left = options.joinTimeout().minusNanos(System.nanoTime() - begin);
    return new MemberPlace.Search.Target(
        found, left.compareTo(SHORTEST_JOIN) < 0 ? SHORTEST_JOIN : left);
  }

  /** Hazelcast takes a name and its address for two members. */
  private static NodeAddress resolved(NodeAddress address) {
    try {
      return new NodeAddress(
          InetAddress.getByName(address.host()).getHostAddress(), address.port());
    } catch (UnknownHostException unknown) {
      throw badAddress("cluster.join", address.host(), "a host that can be resolved");
    }
  }

  private static String outside(ClusterOptions options) {
    try {
      return OwnAddresses.find().stream()
          .findFirst()
          .orElseGet(InetAddress::getLoopbackAddress)
          .getHostAddress();
    } catch (SocketException unreadable) {
      throw badAddress("cluster.bind", options.bind(), "an address instead of a wildcard");
    }
  }

  private static StartException badAddress(String key, String value, String expected) {
    return new StartException(
        StartException.Reason.BAD_ADDRESS,
        key,
        key + " = " + value + " (expected: " + expected + ")");
  }
}
