package dev.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publications that are stored: how many, and how long until the publisher and others know. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Publications with history over WebSocket: how many a second are acknowledged, and at a"
            + " given rate the time to the acknowledgement and to a subscriber of another node.")
final class Publish implements Callable<Integer> {

  @Mixin private final NodeCommand node = new NodeCommand("-Xms512m");
  @Mixin private final Passes passes = new Passes(10, 10, 5);

  @Option(names = "--nodes", defaultValue = "1", description = "1 or 3 (1).")
  private int nodes;

  @Option(names = "--publishers", defaultValue = "32", description = "Clients that publish (32).")
  private int publishers;

  @Option(names = "--channels", defaultValue = "1024", description = "Into how many (1024).")
  private int channels;

  @Option(
      names = "--window",
      defaultValue = "256",
      description = "Publications of a client that are not acknowledged yet (256).")
  private int window;

  @Option(names = "--payload", defaultValue = "128", description = "Bytes of data (128).")
  private int payload;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Publications a second while times are measured (2000).")
  private double rate;

  private final AtomicLong acknowledged = new AtomicLong();
  private final Latencies acks = new Latencies();

  @Override
  public Integer call() throws Exception {
    List<String> all = new ArrayList<>(Settings.KEPT);
    all.add("client.channel_limit=65536");
    all.add("client.concurrency=" + Math.min(1_024, window));
    System.out.printf(
        Locale.ROOT,
        "%d nodes, %d publishers, %d channels, %d bytes%n",
        nodes,
        publishers,
        channels,
        payload);
    try (var cluster = ServerCluster.start(node, nodes, all)) {
      throughput(cluster);
      latency(cluster);
    }
    return 0;
  }

  private void throughput(ServerCluster cluster) throws Exception {
    try (var swarms = new Swarms(cluster, nodes)) {
      for (int i = 0; i < publishers; i++) {
        publisher(swarms.of(i % nodes), i, 0);
      }
      pass(swarms, passes.warmUp());
      Figures figures = new Figures();
      for (int run = 0; run < passes.runs(); run++) {
        long before = acknowledged.get();
        long begin = System.nanoTime();
        pass(swarms, passes.seconds());
        double took = (System.nanoTime() - begin) / 1e9;
        figures.add("answered publications/s", 0, (acknowledged.get() - before) / took);
      }
      figures.print();
      System.out.println("refused: " + swarms.refused());
    }
  }

  private void latency(ServerCluster cluster) throws Exception {
    try (var swarms = new Swarms(cluster, nodes)) {
      // On the first node only, so that the subscriber on the last one is on another.
      Swarm near = swarms.of(0);
      Swarm far = swarms.of(nodes - 1);
      far.one(new LoadClient(far.counts(), subscribe(), true));
      while (far.counts().ready.get() == 0) {
        far.counts().check();
        TimeUnit.MILLISECONDS.sleep(10);
      }
      for (int i = 0; i < publishers; i++) {
        publisher(near, i, rate / publishers);
      }
      pass(swarms, passes.warmUp());
      Figures figures = new Figures();
      for (int run = 0; run < passes.runs(); run++) {
        acks.clear();
        far.counts().latencies.clear();
        pass(swarms, passes.seconds());
        add(figures, "acknowledgement", acks);
        add(figures, "delivery to the last node", far.counts().latencies);
      }
      System.out.printf(Locale.ROOT, "at %.0f publications/s:%n", rate);
      figures.print();
    }
  }

  private static void add(Figures figures, String what, Latencies latencies) {
    figures.add(what + " p50 ms", 2, latencies.millis(0.50));
    figures.add(what + " p99 ms", 2, latencies.millis(0.99));
  }

  private void publisher(Swarm swarm, int index, double perSecond) throws InterruptedException {
    LongFunction<String> command =
        id -> Settings.publication(id, "c" + (index + id * publishers) % channels, payload);
    swarm.one(
        new CommandClient(
            swarm.counts(),
            new CommandClient.Plan(command, Long.MAX_VALUE, window, perSecond),
            acknowledged,
            // Those of several nodes are several threads.
            perSecond == 0 ? new Latencies() : acks));
  }

  /** All channels, one command each. */
  private String subscribe() {
    StringBuilder commands = new StringBuilder(Settings.CONNECT);
    for (int i = 0; i < channels; i++) {
      commands.append('\n').append(Settings.subscribe(2L + i, "c" + i));
    }
    return commands.toString();
  }

  private static void pass(Swarms swarms, int seconds) throws InterruptedException {
    for (int i = 0; i < seconds * 10; i++) {
      swarms.check();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
