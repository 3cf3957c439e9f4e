package dev.carillon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The clients of several nodes. */
final class Swarms implements AutoCloseable {

  private final List<Swarm> swarms = new ArrayList<>();

  Swarms(ServerCluster cluster, int nodes) throws IOException {
    for (int i = 0; i < nodes; i++) {
      swarms.add(new Swarm(cluster.node(i).port("http"), false));
    }
  }

  Swarm of(int node) {
    return swarms.get(node);
  }

  /** Fails when a client has failed. */
  void check() {
    swarms.forEach(swarm -> swarm.counts().check());
  }

  /** Commands that were answered with an error. */
  long refused() {
    return swarms.stream().mapToLong(swarm -> swarm.counts().refused.get()).sum();
  }

  @Override
  public void close() {
    swarms.forEach(Swarm::close);
  }
}
