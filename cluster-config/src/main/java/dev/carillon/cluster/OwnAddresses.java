package dev.carillon.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of this machine that others may reach, best first. It has bridges of its own, which
 * others do not reach, so what leads outside goes before what comes first.
 */
public final class OwnAddresses {

  private OwnAddresses() {}

  /**
   * Addresses without those of loopback and link-local ones; empty when there is no network.
   * Blocks.
   *
   * @throws SocketException when the interfaces can't be read
   */
  public static List<InetAddress> find() throws SocketException {
    var own =
        NetworkInterface.networkInterfaces()
            .filter(OwnAddresses::isUp)
            .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
            .flatMap(NetworkInterface::inetAddresses)
            .toList();
    return inOrder(leadingOutside(), own);
  }

  /**
   * The order of {@link #find}. Pure.
   *
   * @param leading from which other networks are reached; empty when there is no route
   * @param own all of this machine, in the order of its interfaces
   */
  static List<InetAddress> inOrder(Optional<InetAddress> leading, List<InetAddress> own) {
    return Stream.concat(
            leading.stream(),
            own.stream()
                .filter(address -> !address.isLinkLocalAddress())
                .sorted(Comparator.comparing(address -> address.getAddress().length)))
        .filter(address -> !address.isAnyLocalAddress() && !address.isLoopbackAddress())
        .distinct()
        .toList();
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
}
