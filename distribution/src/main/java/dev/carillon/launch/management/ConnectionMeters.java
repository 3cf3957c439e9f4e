package dev.carillon.launch.management;

import dev.carillon.hub.Connections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts what this process holds when somebody asks. Connections over WebSocket and HTTP are
 * measured by those who hold them.
 *
 * @param connections of this process
 */
public record ConnectionMeters(Connections connections) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("carillon.connections", connections, ConnectionMeters::tcp)
        .description("Open connections of clients")
        .tag("transport", "tcp")
        .register(meters);
    Gauge.builder("carillon.sessions", connections, Connections::count)
        .description("Rows of this process in the cluster's table of sessions")
        .register(meters);
  }

  private static double tcp(Connections connections) {
    return connections.records().stream().filter(row -> row.transport().equals("tcp")).count();
  }
}
