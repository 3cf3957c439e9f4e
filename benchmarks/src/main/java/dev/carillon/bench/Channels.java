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

/** What channels with history cost that nobody publishes to, and what their history costs. */
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Subscribed channels with history on one node: time to subscribe, memory and CPU while"
            + " nothing happens, memory of their history, and the start of a second node.")
final class Channels implements Callable<Integer> {

  private static final int SETTLING_SECONDS = 15;

  /** Channels before it counts. */
  private static final int WARM = 2_000;

  @Option(names = "--carillon", defaultValue = "./carillon", description = "The start script.")
  private Path carillon = Path.of("./carillon");

  @Option(names = "--channels", defaultValue = "100000", description = "How many (100000).")
  private int channels;

  @Option(
      names = "--connections",
      defaultValue = "10",
      description = "Clients that subscribe to them (10).")
  private int connections;

  @Option(names = "--idle", defaultValue = "30", description = "Seconds of nothing (30).")
  private int idle;

  @Option(
      names = "--histories",
      defaultValue = "5000",
      description = "Channels that get a history after that (5000).")
  private int histories;

  @Option(
      names = "--publications",
      defaultValue = "100",
      description = "Publications of each history (100).")
  private int publications;

  @Option(names = "--payload", defaultValue = "128", description = "Bytes of data of each (128).")
  private int payload;

  @Option(
      names = "--join",
      description = "At the end a second node joins, which has to get its part of all channels.")
  private boolean join;

  @Option(names = "--java", defaultValue = "-Xmx4g", description = "Options of the node's JVM.")
  private String javaOptions = "";

  @Option(names = "--set", description = "More settings of the node.")
  private List<String> settings = List.of();

  private final AtomicLong answered = new AtomicLong();

  @Override
  public Integer call() throws Exception {
    List<String> all = new ArrayList<>(Settings.KEPT);
    all.addAll(List.of("client.channel_limit=65536", "client.concurrency=64"));
    all.addAll(settings);
    try (var cluster = ServerCluster.start(carillon, 1, javaOptions, all);
        var swarm = new Swarm(cluster.node(0).port("http"), false)) {
      ServerProcess node = cluster.node(0);
      // What a node pays once: classes, pools, machine code.
      run(swarm, WARM, id -> Settings.subscribe(id, "warm" + id));
      idle(node, "with " + WARM + " channels");
      subscribe(node, swarm);
      idle(node, "with " + channels + " more");
      if (histories > 0) {
        history(node, swarm);
      }
      if (join) {
        join(node, all);
      }
    }
    return 0;
  }

  private void subscribe(ServerProcess node, Swarm swarm) throws Exception {
    long before = node.heapBytes();
    long memory = node.anonymousBytes();
    long begin = System.nanoTime();
    int each = channels / connections;
    for (int i = 0; i < connections; i++) {
      int first = i * each;
      begin(swarm, each, id -> Settings.subscribe(id, "idle" + (first + id)));
    }
    await(swarm, (long) each * connections);
    double took = (System.nanoTime() - begin) / 1e9;
    long heap = node.heapBytes() - before;
    System.out.printf(
        Locale.ROOT,
        "%d channels subscribed in %.1f s (%.0f/s); heap %.0f bytes each, %d MB of memory more%n",
        channels,
        took,
        channels / took,
        (double) heap / channels,
        (node.anonymousBytes() - memory) >> 20);
  }

  private void idle(ServerProcess node, String state) throws InterruptedException {
    // The collector and the compiler are not done with what came before.
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    var before = node.cpu();
    TimeUnit.SECONDS.sleep(idle);
    double used = node.cpu().since(before).all();
    System.out.printf(
        Locale.ROOT,
        "idle for %d s %s: %.2f %% of a processor (%.2f CPU s)%n",
        idle,
        state,
        used * 100 / idle,
        used);
  }

  private void history(ServerProcess node, Swarm swarm) throws Exception {
    run(swarm, histories, id -> Settings.publication(id, "kept" + id, payload));
    long before = node.heapBytes();
    long count = (long) histories * (publications - 1);
    run(
        swarm,
        count,
        id -> Settings.publication(id, "kept" + (10 + (id - 10) % histories), payload));
    double bytes = node.heapBytes() - before;
    System.out.printf(
        Locale.ROOT,
        "%d channels with %d publications of %d bytes: %.0f bytes of heap for each publication,"
            + " %.1f KB for each channel%n",
        histories,
        publications,
        payload,
        bytes / count,
        bytes / histories / 1024);
  }

  private void join(ServerProcess node, List<String> all) throws Exception {
    int management = ServerCluster.freePorts(1).get(0);
    List<String> second = new ArrayList<>(all);
    second.add("cluster.join=127.0.0.1:" + node.port("cluster"));
    second.add("http_server.internal_port=" + management);
    long begin = System.nanoTime();
    try (var joining = ServerProcess.launch(carillon, "second", javaOptions, second)) {
      joining.await();
      double serves = (System.nanoTime() - begin) / 1e9;
      ServerCluster.awaitReady(management);
      System.out.printf(
          Locale.ROOT,
          "a second node serves after %.1f s and is ready after %.1f s, JVM start included%n",
          serves,
          (System.nanoTime() - begin) / 1e9);
    }
  }

  private void run(Swarm swarm, long count, LongFunction<String> command)
      throws InterruptedException {
    begin(swarm, count, command);
    await(swarm, count);
  }

  private void begin(Swarm swarm, long count, LongFunction<String> command)
      throws InterruptedException {
    var plan = new CommandClient.Plan(command, count, 512, 0);
    swarm.one(new CommandClient(swarm.counts(), plan, answered, new Latencies()));
  }

  private void await(Swarm swarm, long count) throws InterruptedException {
    while (answered.get() < count) {
      swarm.counts().check();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    answered.set(0);
    if (swarm.counts().refused.get() > 0) {
      throw new IllegalStateException(swarm.counts().refused + " refused (expected: none)");
    }
  }
}
