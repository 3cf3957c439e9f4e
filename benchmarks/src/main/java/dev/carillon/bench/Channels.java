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

/** What channels with history cost that nobody publishes to, and what their history costs. */
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Subscribed channels with history on one node: time to subscribe, memory and CPU while"
            + " nothing happens, memory of their history, and the start of a second node.")
final class Channels implements Callable<Integer> {

  /** Channels before it counts. */
  private static final int WARM = 2_000;

  @Mixin private final NodeCommand command = new NodeCommand("-Xmx4g");

  @Option(names = "--runs", description = "How often, each on a new node (${DEFAULT-VALUE}).")
  private int runs = 3;

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
      names = "--settle",
      defaultValue = "60",
      description = "Seconds before those, in which machine code is still made (60).")
  private int settle;

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

  private final AtomicLong answered = new AtomicLong();

  private final Figures figures = new Figures();

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d channels, %d histories of %d publications of %d bytes%n",
        channels,
        histories,
        publications,
        payload);
    for (int run = 0; run < runs; run++) {
      measure();
    }
    figures.print();
    return 0;
  }

  private void measure() throws Exception {
    List<String> settings = new ArrayList<>(Settings.KEPT);
    settings.addAll(List.of("client.channel_limit=65536", "client.concurrency=64"));
    try (var cluster = ServerCluster.start(command, 1, settings);
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
        join(node, settings);
      }
    }
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
    figures.add("subscribed channels/s", 0, channels / took);
    figures.add("heap of a channel, bytes", 0, (double) heap / channels);
    figures.add("memory more for all, MB", 0, (node.anonymousBytes() - memory) >> 20);
  }

  private void idle(ServerProcess node, String state) throws InterruptedException {
    TimeUnit.SECONDS.sleep(settle);
    var before = node.cpu();
    TimeUnit.SECONDS.sleep(idle);
    double used = node.cpu().since(before).all();
    figures.add("% of a processor, idle " + state, 2, used * 100 / idle);
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
    figures.add("heap of a publication, bytes", 0, bytes / count);
    figures.add("heap of a history, KB", 1, bytes / histories / 1024);
  }

  private void join(ServerProcess node, List<String> settings) throws Exception {
    int management = ServerCluster.freePorts(1).get(0);
    List<String> second = new ArrayList<>(settings);
    second.add("cluster.join=127.0.0.1:" + node.port("cluster"));
    second.add("http_server.internal_port=" + management);
    long begin = System.nanoTime();
    try (var joining = ServerProcess.launch(command, "second", second)) {
      joining.await();
      // With the start of its JVM.
      figures.add("a second node serves after s", 1, (System.nanoTime() - begin) / 1e9);
      ServerCluster.awaitReady(management);
      figures.add("and is ready after s", 1, (System.nanoTime() - begin) / 1e9);
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
