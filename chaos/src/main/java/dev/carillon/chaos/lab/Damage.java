package dev.carillon.chaos.lab;

import java.util.Random;

/** Does a fault to a node, or to all, and undoes it. Blocks. */
final class Damage {
  private static final int FLAPS = 8;

  private final Cluster cluster;
  private final Nemesis.Crowd crowd;
  private final Random random;
  private int pauses;

  Damage(Cluster cluster, Nemesis.Crowd crowd, Random random) {
    this.cluster = cluster;
    this.crowd = crowd;
    this.random = random;
    this.pauses = random.nextInt(3);
  }

  /** From the beginning until it is undone; the nodes need not know that yet. */
  void run(Fault fault, int target) {
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
        cluster.network().deafen(target, other(target));
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

  /** Any node but this one. */
  int other(int node) {
    int size = cluster.nodes().size();
    return (node + 1 + random.nextInt(size - 1)) % size;
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
}
