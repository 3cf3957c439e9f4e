package dev.carillon.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
      var own =
          NetworkInterface.networkInterfaces()
              .filter(MemberPlaces::isUp)
              .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
              .flatMap(NetworkInterface::inetAddresses)
              .toList();
      return announced(leadingOutside(), own).getHostAddress();
    } catch (SocketException unreadable) {
      throw badAddress("cluster.bind", options.bind(), "an address instead of a wildcard");
    }
  }

  /**
   * The address to announce when all were bound to. A machine has bridges of its own, which others
   * do not reach, so what leads outside goes before what comes first. Pure.
   *
   * @param leading from which other networks are reached; empty when there is no route
   * @param own all of this machine, in the order of its interfaces
   */
  static InetAddress announced(Optional<InetAddress> leading, List<InetAddress> own) {
    return Stream.concat(
            leading.stream(),
            own.stream()
                .filter(address -> !address.isLinkLocalAddress())
                .sorted(Comparator.comparing(address -> address.getAddress().length)))
        .filter(address -> !address.isAnyLocalAddress() && !address.isLoopbackAddress())
        .findFirst()
        .orElseGet(InetAddress::getLoopbackAddress);
  }

  private static Optional<InetAddress> leadingOutside() {
    try (var socket = new DatagramSocket()) {
      // Looks for the route only: nothing is sent. The address is nobody's (RFC 5737).
      socket.connect(new InetSocketAddress("198.51.100.1", 9));
      return Optional.of(socket.getLocalAddress());
    } catch (IOException | UncheckedIOException noRoute) {
      return Optional.empty();
    }
  }

  private static boolean isUp(NetworkInterface candidate) {
    try {
      return candidate.isUp();
    } catch (SocketException gone) {
      return false;
    }
  }

  private static StartException badAddress(String key, String value, String expected) {
    return new StartException(
        StartException.Reason.BAD_ADDRESS,
        key,
        key + " = " + value + " (expected: " + expected + ")");
  }
}
