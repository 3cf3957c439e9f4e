package dev.carillon.http;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Addresses of peers, for tables and limits. */
final class Addresses {

  /** A household or a server gets at least this much of IPv6, so limits count by it. */
  private static final int PREFIX_BYTES = 8;

  private Addresses() {}

  /** Host and port. */
  static String shown(@Nullable SocketAddress peer) {
    return peer == null ? "" : peer.hostAddress() + ":" + peer.port();
  }

  /** What a limit counts by: an IPv4 address, or the /64 of an IPv6 address. */
  static String limited(SocketAddress peer) {
    // A literal address: no name is looked up.
    var address = new InetSocketAddress(String.valueOf(peer.hostAddress()), 0).getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES)
        : String.valueOf(peer.hostAddress());
  }
}
