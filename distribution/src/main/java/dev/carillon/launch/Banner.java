package dev.carillon.launch;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.launch.local.Listener;
import dev.carillon.launch.settings.NodeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a person sees when the node serves. Plain ASCII, because nobody knows the terminal.
 *
 * @param name of the node
 * @param listeners its open ports
 * @param verticles what it runs
 * @param cluster how it is a member
 * @param generated files with the secrets that nobody configured
 */
record Banner(
    String name,
    Listeners listeners,
    NodeOptions verticles,
    ClusterOptions cluster,
    List<Path> generated) {

  static Banner of(Place place) {
    var configuration = place.configuration();
    return new Banner(
        place.name().name(),
        place.listeners(),
        configuration.options(NodeOptions.class),
        configuration.options(ClusterOptions.class),
        place.generated());
  }

  /** The URLs without a path, as browsers send them in the header Origin. */
  List<String> origins() {
    return urls().stream().map(url -> url.substring(0, url.length() - 1)).toList();
  }

  /** URLs where browsers reach the node, the chat page first. */
  List<String> urls() {
    var urls = new ArrayList<String>();
    if (verticles.runs("http2-server")) {
      listeners.named("http").ifPresent(http -> urls.add(url("http", http) + "/"));
      listeners.named("https").ifPresent(https -> urls.add(url("https", https) + "/"));
    }
    return urls;
  }

  /** The text, with a line break at its end. */
  String text() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Carillon " + Version.get() + ", node " + name);
    lines.add("");
    addWeb(lines);
    listeners
        .named("management")
        .ifPresent(l -> add(lines, "metrics", url("http", l) + "/metrics", l));
    listeners.named("tcp_echo").ifPresent(l -> add(lines, "tcp echo", address(l), l));
    listeners.named("udp_echo").ifPresent(l -> add(lines, "udp echo", address(l), l));
    listeners.named("cluster").ifPresent(l -> add(lines, "cluster", address(l), l));
    lines.add("");
    addHints(lines);
    lines.add("");
    addSurvival(lines);
    lines.add("");
    return String.join("\n", lines) + "\n";
  }

  private void addWeb(List<String> lines) {
    var http = listeners.named("http").orElse(null);
    if (http == null) {
      return;
    }
    if (!verticles.runs("http2-server")) {
      add(lines, "websocket", url("ws", http) + "/connection/websocket", http);
      return;
    }
    add(lines, "chat", url("http", http) + "/", http);
    listeners
        .named("https")
        .ifPresent(https -> add(lines, "https", url("https", https) + "/", https));
    if (verticles.runs("admin-api")) {
      add(lines, "console", url("http", http) + "/console/", http);
    }
  }

  private void addHints(List<String> lines) {
    if (!generated.isEmpty()) {
      var names = generated.stream().map(Path::toString).sorted().toList();
      lines.add("  secrets     " + String.join(", ", names));
    }
    lines.add("  stop        Ctrl-C");
    listeners
        .named("cluster")
        .ifPresent(l -> lines.add("  add a node  ./carillon start --join " + address(l)));
    lines.add("  network     --set bind=0.0.0.0 opens it to other machines (now: this one only)");
  }

  private void addSurvival(List<String> lines) {
    if (cluster.expectedMembers() == 1) {
      lines.add(
          "  From the second node on a killed process loses nothing that was acknowledged. A network");
      lines.add(
          "  partition can: to survive one, run 3, 5 or 7 nodes with cluster.expected_members.");
    }
  }

  private void add(List<String> lines, String what, String where, Listener listener) {
    var moved = listeners.moved().get(listener.name());
    var note = moved == null ? "" : "   (" + moved + " is taken)";
    lines.add(String.format("  %-11s %s%s", what, where, note));
  }

  private static String url(String scheme, Listener listener) {
    return scheme + "://" + host(listener) + ":" + listener.port();
  }

  private static String address(Listener listener) {
    return (host(listener).equals("localhost") ? "127.0.0.1" : host(listener))
        + ":"
        + listener.port();
  }

  /** Loopback and all addresses are both reached at localhost. */
  private static String host(Listener listener) {
    return Set.of("127.0.0.1", "0.0.0.0", "::", "::1", "localhost").contains(listener.address())
        ? "localhost"
        : listener.address();
  }
}
