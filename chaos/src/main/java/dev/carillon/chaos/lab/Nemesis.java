package dev.carillon.chaos.lab;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Breaks the cluster, mends it, waits until it is well, and begins again: one fault at a time, by a
 * seed, each as often as any other. Blocks.
 */
public final class Nemesis {
  private static final int CALM_SECONDS = 6;
  private static final int FLAPS = 8;

  private final Cluster cluster;
  private final History history;
  private final List<Fault> faults;
  private final Crowd crowd;
  private final Random random;
  private final List<Fault> done = new ArrayList<>();
  private final Deque<Fault> next = new ArrayDeque<>();
  private int pauses;

  /** The clients of the run, as far as faults have to do with them. */
  public interface Crowd {
    /** Clients that do not read connect. */
    void beginSlow();

    /** They are gone. */
    void endSlow();

    /** A part of those who went to other nodes begins to go back to its own. */
    void goBack();

    /** Waits until every node has somebody who publishes and somebody who is subscribed. */
    void awaitEverywhere();
  }

  /**
   * A nemesis of one run.
   *
   * @param faults which ones it may use
   */
  public Nemesis(Cluster cluster, History history, List<Fault> faults, Crowd crowd, long seed) {
    this.cluster = cluster;
    this.history = history;
    this.faults = List.copyOf(faults);
    this.crowd = crowd;
    this.random = new Random(seed);
    this.pauses = random.nextInt(3);
  }

  /** The faults that have run, in their order. */
  public List<Fault> done() {
    return List.copyOf(done);
  }

  /**
   * One fault, from its beginning until all nodes are ready again and know each other, and a calm
   * in which clients go back.
   */
  public void strike() {
    crowd.awaitEverywhere();
    if (next.isEmpty()) {
      var round = new ArrayList<>(faults);
      Collections.shuffle(round, random);
      next.addAll(round);
    }
    var fault = next.remove();
    int target = random.nextInt(cluster.nodes().size());
    boolean ofAll = fault == Fault.ROLLING || fault == Fault.SLOW || fault.needsRedis();
    var node = ofAll ? "" : name(target);
    history.add(operation(Op.FAULT, fault, node));
    run(fault, target);
    history.add(operation(Op.MENDED, fault, node));
    cluster.awaitWhole();
    history.add(operation(Op.HEALED, fault, node));
    done.add(fault);
    crowd.goBack();
    Pause.seconds(CALM_SECONDS + random.nextInt(CALM_SECONDS));
  }

  private static Operation operation(Op op, Fault fault, String node) {
    return Operation.of("nemesis", op).with(fault.word()).on(node);
  }

  private void run(Fault fault, int target) {
    var node = cluster.nodes().get(target);
    switch (fault) {
      case KILL -> {
        node.kill();
        Pause.seconds(random.nextInt(8));
        node.start();
      }
      case PAUSE -> {
        node.pause();
        Pause.millis(pauseMillis());
        node.resume();
      }
      case PARTITION -> {
        cluster.network().cut(target);
        Pause.seconds(8 + random.nextInt(16));
        cluster.network().heal(target);
      }
      case ONE_WAY -> {
        int other =
            (target + 1 + random.nextInt(cluster.nodes().size() - 1)) % cluster.nodes().size();
        cluster.network().deafen(target, other);
        Pause.seconds(8 + random.nextInt(12));
        cluster.network().heal(target);
      }
      case FLAP -> flap(target);
      case ROLLING -> cluster.nodes().forEach(this::restart);
      case REDIS -> {
        cluster.redis().kill();
        Pause.seconds(random.nextInt(8));
        cluster.redis().start();
      }
      case REDIS_FLUSH -> cluster.redis().flush();
      case SLOW -> {
        crowd.beginSlow();
        Pause.seconds(15);
        crowd.endSlow();
      }
    }
  }

  /** The three kinds in turn. */
  private int pauseMillis() {
    return switch (pauses++ % 3) {
      case 0 -> 12_000 + random.nextInt(8_000);
      case 1 -> 4_000 + random.nextInt(4_000);
      default -> 3_000;
    };
  }

  private void flap(int target) {
    for (int i = 0; i < FLAPS; i++) {
      cluster.network().cut(target);
      Pause.seconds(1);
      cluster.network().heal(target);
      Pause.seconds(1);
    }
  }

  private void restart(LabNode node) {
    cluster.nodes().forEach(LabNode::awaitReady);
    node.stop();
    node.start();
  }

  private String name(int node) {
    return cluster.nodes().get(node).name();
  }
}
