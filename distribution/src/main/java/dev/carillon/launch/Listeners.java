package dev.carillon.launch;

import dev.carillon.launch.local.Listener;
import dev.carillon.launch.local.Listener.Transport;
import dev.carillon.launch.local.PortChoice;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.NodeOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ports that one process opens; which ones depends on its verticles.
 *
 * @param chosen in the order of the banner
 * @param moved the ports that the default ones moved away from, by the name of the listener
 */
record Listeners(List<Listener> chosen, Map<String, Integer> moved) {

  /** Keys of all ports that a process may open. */
  static final List<String> KEYS =
      List.of(
          "http_server.port",
          "http_server.tls_port",
          "http_server.internal_port",
          "tcp_echo.port",
          "udp_echo.port",
          "cluster.port",
          "cluster.bus_port");

  /** Finds a free port for each listener that the verticles of this node open. */
  static Listeners choose(Configuration configuration, PortChoice choice) {
    var chosen = new ArrayList<Listener>();
    var moved = new LinkedHashMap<String, Integer>();
    for (var wanted : wanted(configuration)) {
      var listener = choice.choose(wanted);
      chosen.add(listener);
      if (wanted.port() != 0 && wanted.port() != listener.port()) {
        moved.put(listener.name(), wanted.port());
      }
    }
    return new Listeners(List.copyOf(chosen), moved);
  }

  /** The configuration in which every port is the one that was found. */
  Configuration in(Configuration configuration) {
    var result = configuration;
    for (var listener : chosen) {
      result = result.with(listener.key(), listener.port(), "the first free port");
    }
    return result;
  }

  /** The same, with the ports of the cluster that were opened in the end. */
  Listeners opened(int clusterPort, int busPort) {
    var opened = new ArrayList<Listener>();
    var all = new LinkedHashMap<>(moved);
    for (var listener : chosen) {
      int port =
          switch (listener.name()) {
            case "cluster" -> clusterPort;
            case "bus" -> busPort;
            default -> listener.port();
          };
      if (port != listener.port()) {
        all.putIfAbsent(listener.name(), listener.port());
      }
      opened.add(listener.at(port));
    }
    return new Listeners(List.copyOf(opened), all);
  }

  /** The same, but those of these names whose port was taken meanwhile have moved on. Blocks. */
  Listeners movedOn(Collection<String> names, PortChoice choice) {
    var now = new ArrayList<Listener>();
    var all = new LinkedHashMap<>(moved);
    for (var listener : chosen) {
      if (!names.contains(listener.name()) || choice.isFree(listener)) {
        now.add(listener);
      } else {
        int wanted = moved.getOrDefault(listener.name(), listener.port());
        now.add(choice.moveOn(listener, wanted));
        all.put(listener.name(), wanted);
      }
    }
    return new Listeners(List.copyOf(now), all);
  }

  Optional<Listener> named(String name) {
    return chosen.stream().filter(listener -> listener.name().equals(name)).findFirst();
  }

  /** Ports by the names of their listeners. */
  Map<String, Integer> ports() {
    var ports = new LinkedHashMap<String, Integer>();
    chosen.forEach(listener -> ports.put(listener.name(), listener.port()));
    return ports;
  }

  private static List<Listener> wanted(Configuration configuration) {
    var node = configuration.options(NodeOptions.class);
    var wanted = new ArrayList<Listener>();
    if (node.runs("http2-server") || node.runs("chat-hub")) {
      wanted.add(tcp(configuration, "http", "http_server.port", "http_server.bind"));
    }
    if (node.runs("http2-server")) {
      wanted.add(tcp(configuration, "https", "http_server.tls_port", "http_server.bind"));
    }
    wanted.add(
        tcp(configuration, "management", "http_server.internal_port", "http_server.internal_bind"));
    if (node.runs("tcp-echo")) {
      wanted.add(tcp(configuration, "tcp_echo", "tcp_echo.port", "tcp_echo.bind"));
    }
    if (node.runs("udp-echo")) {
      wanted.add(
          listener(configuration, "udp_echo", Transport.UDP, "udp_echo.port", "udp_echo.bind"));
    }
    wanted.add(tcp(configuration, "cluster", "cluster.port", "cluster.bind"));
    wanted.add(tcp(configuration, "bus", "cluster.bus_port", "cluster.bind"));
    return wanted;
  }

  private static Listener tcp(
      Configuration configuration, String name, String portKey, String bindKey) {
    return listener(configuration, name, Transport.TCP, portKey, bindKey);
  }

  private static Listener listener(
      Configuration configuration,
      String name,
      Transport transport,
      String portKey,
      String bindKey) {
    return new Listener(
        name,
        portKey,
        transport,
        configuration.text(bindKey),
        Integer.parseInt(configuration.text(portKey)),
        configuration.isSet(portKey));
  }
}
