package dev.carillon.cluster;

import dev.carillon.cluster.StartException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * Looks for a running node among the addresses to join, before anything of this node is started.
 * Blocks.
 */
final class JoinProbe {

  private static final int CONNECT_MILLIS = 1_000;
  private static final long ROUND_MILLIS = 200;

  private JoinProbe() {}

  /**
   * The first that accepts a connection.
   *
   * @throws StartException when none does within the time
   */
  static NodeAddress find(List<NodeAddress> addresses, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    do {
      for (var address : addresses) {
        if (answers(address)) {
          return address;
        }
      }
      JoinPause.millis(ROUND_MILLIS);
    } while (System.nanoTime() < deadline);
    var names = String.join(", ", addresses.stream().map(NodeAddress::toString).toList());
    throw new StartException(
        Reason.NOBODY_ANSWERED,
        "cluster.join",
        "cluster.join = "
            + names
            + " (expected: the cluster port of a running node; none answered within "
            + timeout.toSeconds()
            + " s of cluster.join_timeout"
            + nameless(addresses)
            + ")");
  }

  /** A misspelt host is a likelier mistake than a node that is not there. */
  private static String nameless(List<NodeAddress> addresses) {
    var hosts =
        addresses.stream()
            .filter(each -> new InetSocketAddress(each.host(), each.port()).isUnresolved())
            .map(NodeAddress::host)
            .toList();
    return hosts.isEmpty() ? "" : "; no address is known for " + String.join(", ", hosts);
  }

  static boolean answers(NodeAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException silent) {
      return false;
    }
  }
}
