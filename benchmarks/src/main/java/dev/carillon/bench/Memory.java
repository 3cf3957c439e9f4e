package dev.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What idle, subscribed clients cost. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Anonymous memory of a node for each idle, subscribed connection, after a full GC.")
final class Memory implements Callable<Integer> {

  private static final int SHOWN = 60;

  @Option(names = "--carillon", defaultValue = "./carillon", description = "The start script.")
  private Path carillon = Path.of("./carillon");

  @Option(names = "--connections", defaultValue = "10000", description = "How many (10000).")
  private int connections;

  @Option(
      names = "--java",
      defaultValue =
          "-XX:+UseSerialGC -Xms16m -Xmn16m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10",
      description = "Options of the node's JVM (a heap that is as large as what is in use).")
  private String javaOptions = "";

  @Option(names = "--set", description = "More settings of the node.")
  private List<String> settings = List.of();

  @Option(names = "--classes", description = "Lists the classes that take most of the heap.")
  private boolean classes;

  @Option(names = "--tls", description = "Over TLS.")
  private boolean tls;

  @Override
  public Integer call() throws Exception {
    List<String> all = new ArrayList<>(Settings.OPEN);
    all.addAll(settings);
    try (var server = ServerProcess.start(carillon, "", javaOptions, all);
        var swarm = new Swarm(server.port(tls ? "https" : "http"), tls)) {
      // The first ones load classes and fill pools, which is not theirs to pay for.
      swarm.open(connections / 10, Settings.SUBSCRIBE);
      var heapBefore = server.histogram();
      long before = settled(server);
      swarm.open(connections, Settings.SUBSCRIBE);
      long after = settled(server);
      System.out.printf(
          Locale.ROOT,
          "%d connections, %s: %.1f KB each (%d MB before, %d MB after)%n",
          connections,
          tls ? "TLS" : "plaintext",
          (after - before) / 1024.0 / connections,
          before >> 20,
          after >> 20);
      heap(heapBefore, server.histogram());
    }
    return 0;
  }

  private void heap(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Double> each = new HashMap<>();
    after.forEach(
        (type, bytes) ->
            each.put(type, (double) (bytes - before.getOrDefault(type, 0L)) / connections));
    double all = each.values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf(Locale.ROOT, "heap: %.0f bytes each%n", all);
    if (classes) {
      each.entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .limit(SHOWN)
          .forEach(
              one -> System.out.printf(Locale.ROOT, "%8.0f %s%n", one.getValue(), one.getKey()));
    }
  }

  private static long settled(ServerProcess server) throws Exception {
    server.collect();
    server.collect();
    return server.anonymousBytes();
  }
}
