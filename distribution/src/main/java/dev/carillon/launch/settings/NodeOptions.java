package dev.carillon.launch.settings;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.util.List;

/** Options of this node as a member of the cluster. */
@Section(value = "node", doc = "This node.")
public record NodeOptions(
    @Option(
            doc =
                "Name of the node, unique in the cluster: letters, digits, `.`, `_`, `-`, at"
                    + " most 64. Empty: the first free one of n1, n2, …",
            why = "A second node on the same machine needs no configuration.")
        String name,
    @Option(
            value = "[]",
            doc =
                "What runs in this process, as `--verticles` gives it: tcp-echo, udp-echo,"
                    + " http2-server, chat-hub, session-heartbeat, admin-api. Empty: all of them.",
            why = "One process with everything in it is the easiest to run.")
        List<String> verticles,
    @Option(
            value = "0",
            min = "0",
            max = "256",
            doc = "Threads that serve sockets. 0: one for each processor, and at least two.",
            why = "Each encodes a publication once, so more of them than processors only cost.")
        int eventLoops) {

  /** Everything that a process can run. */
  public static final List<String> VERTICLES =
      List.of("tcp-echo", "udp-echo", "http2-server", "chat-hub", "session-heartbeat", "admin-api");

  public NodeOptions {
    if (!name.matches("[A-Za-z0-9._-]{0,64}")) {
      throw new ConfigException("name", name, "at most 64 letters, digits, '.', '_' or '-'");
    }
    for (var verticle : verticles) {
      if (!VERTICLES.contains(verticle)) {
        throw new ConfigException("verticles", verticle, "some of " + VERTICLES);
      }
    }
    if (verticles.contains("admin-api") && !verticles.contains("http2-server")) {
      throw new ConfigException("verticles", verticles, "http2-server too, which serves admin-api");
    }
  }

  /** How many event loops this process has. */
  public int loops() {
    int processors = Runtime.getRuntime().availableProcessors();
    return eventLoops == 0 ? Math.max(2, processors) : eventLoops;
  }

  /** Names of all verticles that this process runs. */
  public List<String> all() {
    return verticles.isEmpty() ? VERTICLES : verticles;
  }

  /** Whether this process runs the verticle. */
  public boolean runs(String verticle) {
    return verticles.isEmpty() || verticles.contains(verticle);
  }
}
