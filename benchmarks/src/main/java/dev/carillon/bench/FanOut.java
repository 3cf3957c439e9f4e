package dev.carillon.bench;

import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One channel without history, many subscribers, one publisher over the protocol. */
@Command(
    name = "fan-out",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "CPU of a whole node for each delivery, and the time that a delivery takes.")
final class FanOut implements Callable<Integer> {

  @Option(names = "--carillon", defaultValue = "./carillon", description = "The start script.")
  private Path carillon = Path.of("./carillon");

  @Option(names = "--subscribers", defaultValue = "1000", description = "How many (1000).")
  private int subscribers;

  @Option(
      names = "--deliveries",
      defaultValue = "100000",
      description = "Deliveries per second; the publisher follows from it (100000).")
  private int deliveries;

  @Option(names = "--payload", defaultValue = "128", description = "Bytes of data (128).")
  private int payload;

  @Option(names = "--warm-up", defaultValue = "8", description = "Seconds before it counts (8).")
  private int warmUp;

  @Option(names = "--seconds", defaultValue = "15", description = "Seconds that count (15).")
  private int seconds;

  @Option(names = "--runs", defaultValue = "3", description = "How often it is measured (3).")
  private int runs;

  @Option(names = "--cpus", defaultValue = "", description = "Processors of the node, for taskset.")
  private String cpus = "";

  @Option(names = "--java", defaultValue = "-Xms256m", description = "Options of the node's JVM.")
  private String javaOptions = "";

  @Option(names = "--set", description = "More settings of the node.")
  private List<String> settings = List.of();

  @Option(names = "--tls", description = "Over TLS.")
  private boolean tls;

  @Override
  public Integer call() throws Exception {
    double rate = (double) deliveries / subscribers;
    System.out.printf(
        Locale.ROOT,
        "%d subscribers, %.0f publications per second of %d bytes, %s%n",
        subscribers,
        rate,
        payload,
        tls ? "TLS" : "plaintext");
    List<String> all = new ArrayList<>(Settings.OPEN);
    all.addAll(settings);
    try (var server = ServerProcess.start(carillon, cpus, javaOptions, all);
        var swarm = new Swarm(server.port(tls ? "https" : "http"), tls)) {
      swarm.open(subscribers, Settings.SUBSCRIBE);
      Channel publisher = swarm.one(new LoadClient(swarm.counts(), Settings.CONNECT, false));
      while (swarm.counts().ready.get() <= subscribers) {
        swarm.counts().check();
        TimeUnit.MILLISECONDS.sleep(10);
      }
      publish(publisher, swarm.counts(), rate, warmUp);
      for (int run = 1; run <= runs; run++) {
        measure(run, server, swarm.counts(), publisher, rate);
      }
    }
    return 0;
  }

  private void measure(
      int run, ServerProcess server, LoadCounts counts, Channel publisher, double rate)
      throws InterruptedException {
    counts.latencies.clear();
    var before = server.cpu();
    long delivered = counts.delivered;
    long begin = System.nanoTime();
    publish(publisher, counts, rate, seconds);
    double took = (System.nanoTime() - begin) / 1e9;
    var used = server.cpu().since(before);
    long got = counts.delivered - delivered;
    System.out.printf(
        Locale.ROOT,
        "run %d: %.0f deliveries/s, %.2f CPU s per million (%.2f user), p50 %.1f ms, p99 %.1f ms%n",
        run,
        got / took,
        used.all() / got * 1e6,
        used.user() / got * 1e6,
        counts.latencies.millis(0.50),
        counts.latencies.millis(0.99));
  }

  private void publish(Channel publisher, LoadCounts counts, double rate, int seconds)
      throws InterruptedException {
    long begin = System.nanoTime();
    long count = (long) (rate * seconds);
    for (long i = 0; i < count; i++) {
      long due = begin + (long) (i * 1e9 / rate);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(due - now);
      }
      counts.check();
      publisher.writeAndFlush(LoadClient.frame(Settings.publication(payload)));
    }
  }
}
