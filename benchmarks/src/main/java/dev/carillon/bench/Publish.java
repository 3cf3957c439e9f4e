package dev.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
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

  @Option(names = "--carillon", defaultValue = "./carillon", description = "The start script.")
  private Path carillon = Path.of("./carillon");

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

  @Option(names = "--warm-up", defaultValue = "10", description = "Seconds before it counts (10).")
  private int warmUp;

  @Option(names = "--seconds", defaultValue = "10", description = "Seconds that count (10).")
  private int seconds;

  @Option(names = "--runs", defaultValue = "5", description = "How often it is measured (5).")
  private int runs;

  @Option(names = "--java", defaultValue = "-Xms512m", description = "Options of the nodes' JVMs.")
  private String javaOptions = "";

  @Option(names = "--set", description = "More settings of the nodes.")
  private List<String> settings = List.of();

  private final AtomicLong acknowledged = new AtomicLong();
  private final Latencies acks = new Latencies();

  @Override
  public Integer call() throws Exception {
    List<String> all = new ArrayList<>(Settings.KEPT);
    all.add("client.channel_limit=65536");
    all.add("client.concurrency=" + Math.min(1_024, window));
    all.addAll(settings);
    System.out.printf(
        Locale.ROOT,
        "%d nodes, %d publishers, %d channels, %d bytes%n",
        nodes,
        publishers,
        channels,
        payload);
    try (var cluster = ServerCluster.start(carillon, nodes, javaOptions, all)) {
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
      pass(swarms, warmUp);
      List<Double> rates = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        long before = acknowledged.get();
        long begin = System.nanoTime();
        pass(swarms, seconds);
        rates.add((acknowledged.get() - before) / ((System.nanoTime() - begin) / 1e9));
      }
      Figures.print("answered publications/s", "%.0f", rates);
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
      pass(swarms, warmUp);
      List<List<Double>> times = List.of(list(), list(), list(), list());
      for (int run = 0; run < runs; run++) {
        acks.clear();
        far.counts().latencies.clear();
        pass(swarms, seconds);
        times.get(0).add(acks.millis(0.50));
        times.get(1).add(acks.millis(0.99));
        times.get(2).add(far.counts().latencies.millis(0.50));
        times.get(3).add(far.counts().latencies.millis(0.99));
      }
      System.out.printf(Locale.ROOT, "at %.0f publications/s:%n", rate);
      Figures.print("acknowledgement p50 ms", "%.2f", times.get(0));
      Figures.print("acknowledgement p99 ms", "%.2f", times.get(1));
      Figures.print("delivery to the last node p50 ms", "%.2f", times.get(2));
      Figures.print("delivery to the last node p99 ms", "%.2f", times.get(3));
    }
  }

  private static List<Double> list() {
    return new ArrayList<>();
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
