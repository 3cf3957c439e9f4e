package dev.carillon.bench;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  /** Memory that differs by less than this part of it has come to rest. */
  private static final int STEADY = 200;

  private static final int SETTLING_SECONDS = 7;

  /** Heaps that are as large as what is in use. */
  private static final String SMALL_HEAP =
      "-XX:+UseSerialGC -Xms16m -Xmn16m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10"
          + " -XX:TrimNativeHeapInterval=1000";

  @Mixin private final NodeCommand node = new NodeCommand(SMALL_HEAP);

  @Option(names = "--connections", defaultValue = "10000", description = "How many (10000).")
  private int connections;

  @Option(
      names = "--churn",
      defaultValue = "20000",
      description = "Connections that come and go before it counts (20000).")
  private int churn;

  @Option(names = "--classes", description = "Lists the classes that take most of the heap.")
  private boolean classes;

  @Option(names = "--tls", description = "Over TLS.")
  private boolean tls;

  @Override
  public Integer call() throws Exception {
    try (var server = ServerProcess.start(node, Settings.OPEN);
        var swarm = new Swarm(server.port(tls ? "https" : "http"), tls)) {
      // What a node pays once is not theirs to pay: classes, pools, and machine code, for which
      // the compiler alone takes 20 MB. Few at a time, so that no memory waits for the next ones.
      swarm.churn(churn, Settings.SUBSCRIBE);
      swarm.open(connections / 10, Settings.SUBSCRIBE);
      long before = settled(server);
      var heapBefore = server.histogram();
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

  /**
   * The cluster's table of sessions needs some beats to hear of all who came or went, and the JVM
   * gives the memory of its compiler back every five seconds.
   */
  private static long settled(ServerProcess server) throws Exception {
    long before = 0;
    long now = 1;
    while (Math.abs(now - before) > now / STEADY) {
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
      server.collect();
      server.collect();
      before = now;
      now = server.anonymousBytes();
    }
    return now;
  }
}
