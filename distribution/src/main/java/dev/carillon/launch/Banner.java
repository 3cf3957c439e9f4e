package dev.carillon.launch;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.Readiness;
import dev.carillon.cluster.Role;
import dev.carillon.launch.local.Listener;
import dev.carillon.launch.local.NodeFile;
import dev.carillon.launch.local.RunningNode;
import dev.carillon.launch.settings.DemoOptions;
import dev.carillon.launch.settings.EngineOptions;
import dev.carillon.launch.settings.NodeOptions;
import dev.carillon.launch.settings.Sources;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person sees when the node serves. Plain ASCII, because nobody knows the terminal.
 *
 * @param name of the node
 * @param listeners its open ports
 * @param node what it runs
 * @param cluster how it is a member
 * @param generated files with the secrets that nobody configured
 * @param waiting what keeps the node from being ready, in a few words each
 * @param apart nodes of this machine that are in other clusters
 * @param reached where other nodes reach this one
 * @param outside the host of what listens at all addresses
 * @param full whether only gateways are admitted
 * @param redis whether it keeps the streams
 * @param guests whether anybody may enter the chat page
 * @param next the command that adds a node
 */
record Banner(
    String name,
    Listeners listeners,
    NodeOptions node,
    ClusterOptions cluster,
    List<Path> generated,
    List<String> waiting,
    List<RunningNode> apart,
    String reached,
    String outside,
    boolean full,
    boolean redis,
    boolean guests,
    NextNode next) {

  /** Columns of a terminal that nobody made wider. */
  private static final int WIDTH = 80;

  static Banner of(Sources sources, Place place, Readiness readiness, Membership membership) {
    var configuration = place.configuration();
    var nodes = membership.nodes();
    var members = nodes.stream().map(NodeInfo::name).collect(Collectors.toSet());
    var cluster = configuration.options(ClusterOptions.class);
    var reached = membership.self().address();
    var core = nodes.stream().filter(each -> each.role().equals(Role.CORE.toString())).count();
    boolean full = cluster.expectedMembers() > 1 && core >= cluster.expectedMembers();
    return new Banner(
        place.name().name(),
        place.listeners(),
        configuration.options(NodeOptions.class),
        cluster,
        place.generated(),
        readiness.checks().stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + ": " + check.detail())
            .toList(),
        NodeFile.running(place.state()).stream()
            .filter(node -> !members.contains(node.name()) && node.ports().containsKey("cluster"))
            .toList(),
        reached,
        PublicUrls.outside(),
        full,
        configuration.options(EngineOptions.class).streams() == EngineOptions.Place.REDIS,
        configuration.options(DemoOptions.class).enabled(),
        NextNode.of(sources, place.configured(), reached, full));
  }

  /** URLs for a browser on this machine, the chat page first; none without an HTTP server. */
  List<String> urls() {
    if (!node.runs("http2-server")) {
      return List.of();
    }
    return Stream.of("http", "https")
        .map(scheme -> url(scheme, PublicUrls.host(listener(scheme)), listener(scheme)) + "/")
        .toList();
  }

  /** The text, with a line break at its end. */
  String text() {
    var lines = new ArrayList<String>();
    lines.add("");
    var what = isGateway() ? ", gateway " : ", node ";
    lines.add("Carillon " + Version.get() + what + name + started());
    lines.add("");
    addWeb(lines);
    add(lines, "metrics", url("http", listener("management")) + "/metrics", "management");
    listeners.named("tcp_echo").ifPresent(l -> add(lines, "tcp echo", address(l), l.name()));
    listeners.named("udp_echo").ifPresent(l -> add(lines, "udp echo", address(l), l.name()));
    add(lines, "cluster", reached, "cluster");
    lines.add("");
    addHints(lines);
    lines.add("");
    addSurvival(lines);
    lines.add("");
    return String.join("\n", lines) + "\n";
  }

  private static String started() {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return String.format(Locale.ROOT, ", started in %.1f s", millis / 1000.0);
  }

  private void addWeb(List<String> lines) {
    if (node.runs("http2-server")) {
      add(lines, guests ? "chat" : "http", url("http", listener("http")) + "/", "http");
      add(lines, "https", url("https", listener("https")) + "/", "https");
      if (node.runs("admin-api")) {
        add(lines, "console", url("http", listener("http")) + "/console/", "http");
      }
    }
    if (node.runs("chat-hub") && !(guests && node.runs("http2-server"))) {
      add(lines, "websocket", url("ws", listener("http")) + "/connection/websocket", "http");
    }
  }

  private void addHints(List<String> lines) {
    var label = "  secrets     ";
    for (var file : generated.stream().map(Path::toString).sorted().toList()) {
      lines.add(label + file);
      label = " ".repeat(label.length());
    }
    lines.add("  stop        Ctrl-C");
    addJoin(lines);
    if (listeners.chosen().stream().allMatch(PublicUrls::isLoopback)) {
      lines.add("  open it     --set bind=0.0.0.0 for clients, cluster.bind for nodes elsewhere");
    }
    if (PublicUrls.isLoopback(listener("cluster"))) {
      apart.stream().limit(1).forEach(other -> addOther(lines, other));
    }
    waiting.forEach(check -> addWrapped(lines, "  not ready   ", check));
    if (!waiting.isEmpty()) {
      lines.add(
          "              " + url("http", listener("management")) + "/readyz tells when it is");
    }
  }

  /** As many lines as it takes: only a word alone may be longer than a terminal is wide. */
  private static void addWrapped(List<String> lines, String label, String text) {
    var line = new StringBuilder(label);
    for (var word : text.split(" ")) {
      boolean first = line.length() == label.length();
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(label.length())).append(word);
      } else {
        line.append(first ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
  }

  /** Who starts a second node without --join wonders why the two do not know each other. */
  private static void addOther(List<String> lines, RunningNode other) {
    lines.add("  not with    " + other.name() + ", which runs here in another cluster;");
    lines.add("              --join 127.0.0.1:" + other.ports().get("cluster") + " joins that one");
  }

  /** A command that can be pasted. */
  private void addJoin(List<String> lines) {
    var label = full ? "  add gateway " : "  add a node  ";
    var arguments = String.join(" \\\n                ", next.arguments());
    lines.add((label + "./carillon start " + arguments).stripTrailing());
    next.secrets().forEach(key -> lines.add("              with the same " + key + " as here"));
    next.own().forEach(key -> lines.add("              with its own " + key));
  }

  private boolean isGateway() {
    return cluster.role() == Role.GATEWAY;
  }

  private void addSurvival(List<String> lines) {
    if (isGateway()) {
      lines.add("  A gateway: it serves clients, keeps nothing, and is not counted in");
      lines.add("  cluster.expected_members.");
    } else if (redis) {
      lines.add("  Redis keeps the streams: what was acknowledged is as safe as it is there.");
    } else if (cluster.expectedMembers() == 1) {
      lines.add("  With two nodes a killed process loses nothing that was acknowledged. A network");
      lines.add("  partition can; against that run 3, 5 or 7 with cluster.expected_members.");
    } else if (waiting.isEmpty()) {
      lines.add("  One of " + cluster.expectedMembers() + " nodes that agree: what a majority has");
      lines.add("  acknowledged survives killed processes and network partitions.");
    } else {
      lines.add(
          "  One of " + cluster.expectedMembers() + " nodes that serve when a majority of them");
      lines.add("  has found each other.");
    }
  }

  private void add(List<String> lines, String what, String where, String listener) {
    var moved = listeners.moved().get(listener);
    var note = moved == null ? "" : "   (" + moved + " is taken)";
    lines.add(String.format("  %-11s %s%s", what, where, note));
  }

  private Listener listener(String name) {
    return listeners.named(name).orElseThrow();
  }

  private String url(String scheme, Listener listener) {
    return url(scheme, host(listener), listener);
  }

  private static String url(String scheme, String host, Listener listener) {
    return scheme + "://" + host + ":" + listener.port();
  }

  private String address(Listener listener) {
    return host(listener).replace("localhost", "127.0.0.1") + ":" + listener.port();
  }

  /** A person at this machine and one at another can use it. */
  private String host(Listener listener) {
    return PublicUrls.isOpen(listener) ? outside : PublicUrls.host(listener);
  }
}
