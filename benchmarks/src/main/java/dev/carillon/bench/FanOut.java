package dev.carillon.bench;

import io.netty.channel.Channel;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One channel without history, many subscribers, one publisher over the protocol. */
@Command(
    name = "fan-out",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "CPU of a whole node for each delivery, and the time that a delivery takes.")
final class FanOut implements Callable<Integer> {

  @Mixin private final NodeCommand node = new NodeCommand("-Xms256m");
  @Mixin private final Passes passes = new Passes(8, 15, 3);

  @Option(names = "--subscribers", defaultValue = "1000", description = "How many (1000).")
  private int subscribers;

  @Option(
      names = "--deliveries",
      defaultValue = "100000",
      description = "Deliveries per second; the publisher follows from it (100000).")
  private int deliveries;

  @Option(names = "--payload", defaultValue = "128", description = "Bytes of data (128).")
  private int payload;

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
    try (var server = ServerProcess.start(node, Settings.OPEN);
        var swarm = new Swarm(server.port(tls ? "https" : "http"), tls)) {
      swarm.open(subscribers, Settings.SUBSCRIBE);
      Channel publisher = swarm.one(new LoadClient(swarm.counts(), Settings.CONNECT, false));
      while (swarm.counts().ready.get() <= subscribers) {
        swarm.counts().check();
        TimeUnit.MILLISECONDS.sleep(10);
      }
      publish(publisher, swarm.counts(), rate, passes.warmUp());
      for (int run = 1; run <= passes.runs(); run++) {
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
    publish(publisher, counts, rate, passes.seconds());
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
