package dev.carillon.launch;

import dev.carillon.cluster.OwnAddresses;
import dev.carillon.launch.local.Listener;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where browsers reach this node when nobody configured it: what the listeners are bound to. */
final class PublicUrls {
  private static final Set<String> ALL = Set.of("0.0.0.0", "::");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private PublicUrls() {}

  /**
   * URLs without a path. Those that other machines can use come first, and of these the one at the
   * address that leads to other networks. Blocks.
   */
  static List<String> of(Listeners listeners) {
    var urls = new ArrayList<String>();
    listeners.named("http").ifPresent(http -> urls.addAll(urls("http", http)));
    listeners.named("https").ifPresent(https -> urls.addAll(urls("https", https)));
    return urls;
  }

  /** Whether the listener is at all addresses of this machine. */
  static boolean isOpen(Listener listener) {
    return ALL.contains(listener.address());
  }

  /** Whether the listener can be reached from this machine only. */
  static boolean isLoopback(Listener listener) {
    return LOOPBACK.contains(listener.address()) || listener.address().startsWith("127.");
  }

  /** The host of what listens at all addresses, which other machines can use. Blocks. */
  static String outside() {
    return addresses().stream().findFirst().orElse("localhost");
  }

  /** The host for a person at this machine. */
  static String host(Listener listener) {
    var address = listener.address();
    if (isOpen(listener) || LOOPBACK.contains(address)) {
      return "localhost";
    }
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static List<String> urls(String scheme, Listener listener) {
    var hosts = new ArrayList<String>();
    if (isOpen(listener)) {
      hosts.addAll(addresses());
    }
    hosts.add(host(listener));
    return hosts.stream().map(host -> scheme + "://" + host + ":" + listener.port()).toList();
  }

  private static List<String> addresses() {
    try {
      return OwnAddresses.find().stream()
          .filter(Inet4Address.class::isInstance)
          .map(InetAddress::getHostAddress)
          .toList();
    } catch (SocketException none) {
      return List.of();
    }
  }
}
