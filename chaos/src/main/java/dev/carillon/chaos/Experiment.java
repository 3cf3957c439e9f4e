package dev.carillon.chaos;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import dev.carillon.chaos.lab.Cluster;
import dev.carillon.chaos.lab.Fault;
import dev.carillon.chaos.lab.LabNode;
import dev.carillon.chaos.lab.Nemesis;
import dev.carillon.chaos.lab.Pause;
import dev.carillon.chaos.lab.Plan;
import dev.carillon.chaos.load.Audit;
import dev.carillon.chaos.load.Load;
import dev.carillon.chaos.load.Target;
import dev.carillon.chaos.load.Tokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run: a cluster, clients, faults, and a quiet end at which every node is asked what it knows.
 * Blocks.
 */
final class Experiment {
  /** So long a subscriber may take to recover what it missed. */
  private static final int SETTLE_SECONDS = 12;

  private final int size;
  private final Length length;
  private final Plan plan;
  private final Consumer<String> progress;
  private final History history = new History();
  private @Nullable Nemesis nemesis;
  private int ends;

  /**
   * A run.
   *
   * @param progress gets a line for people now and then
   */
  Experiment(int size, Length length, Plan plan, Consumer<String> progress) {
    this.size = size;
    this.length = length;
    this.plan = plan;
    this.progress = progress;
  }

  /** All that clients saw so far. */
  List<Operation> history() {
    return history.operations();
  }

  /** Faults that have run. */
  List<Fault> done() {
    return nemesis == null ? List.of() : nemesis.done();
  }

  /** How often nodes ended without being told to. */
  int ends() {
    return ends;
  }

  /** Runs all of it. */
  void run() throws IOException {
    var folder = Files.createTempDirectory("carillon-chaos");
    var secret = secret();
    progress.accept("seed " + plan.seed() + ", logs in " + folder);
    var vertx = Vertx.vertx();
    try (var cluster = Cluster.start(size, Chaos.script(), folder, plan, secret)) {
      var targets = cluster.nodes().stream().map(Experiment::target).toList();
      var tokens = new Tokens(secret);
      try (var load = new Load(vertx, history, targets, tokens, plan.seed())) {
        load.start();
        strike(cluster, load);
        load.stopPublishing();
        Pause.seconds(SETTLE_SECONDS);
        history.add(Operation.of("nemesis", Op.QUIET));
        targets.forEach(target -> Audit.of(vertx, history, target, tokens));
        count(cluster);
      } finally {
        ends = cluster.nodes().stream().mapToInt(LabNode::ends).sum();
      }
    } finally {
      vertx.close();
    }
  }

  private void strike(Cluster cluster, Load load) {
    var current = new Nemesis(cluster, history, load, plan);
    nemesis = current;
    Pause.seconds(3);
    long begin = history.now();
    while (!length.isOver(history.now() - begin, current.strikes()) && !plan.faults().isEmpty()) {
      int before = current.done().size();
      current.strike();
      var struck = current.done().subList(before, current.done().size());
      var words = struck.stream().map(Fault::word).collect(Collectors.joining(" and "));
      progress.accept(history.now() / 1_000 + " s: " + words + " over");
    }
  }

  /** The metrics are looked at until they say what clients know, for a while. */
  private void count(Cluster cluster) {
    Pause.seconds(2);
    for (var node : cluster.nodes()) {
      long connections = node.connections();
      history.add(Operation.of("audit", Op.COUNT).position("", connections).on(node.name()));
    }
  }

  private static Target target(LabNode node) {
    return new Target(node.name(), node.host(), Cluster.CLIENT_PORT);
  }

  private String secret() {
    var bytes = new byte[32];
    new Random(plan.seed()).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
