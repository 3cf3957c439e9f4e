package dev.carillon.launch.management;

import dev.carillon.hub.Connections;
import dev.carillon.sessions.SessionRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts the connections of this process when somebody asks. */
public final class ConnectionMeters {
  private final Connections connections;
  private final MultiGauge byTransport;
  private final AtomicLong sessions = new AtomicLong();

  public ConnectionMeters(Connections connections, MeterRegistry meters) {
    this.connections = connections;
    this.byTransport =
        MultiGauge.builder("carillon_connections")
            .description("Open connections of this process")
            .register(meters);
    Gauge.builder("carillon_sessions", sessions, AtomicLong::get)
        .description("Rows of this process in the cluster's table of sessions")
        .register(meters);
  }

  /** Brings the gauges up to date. One caller at a time. */
  void update() {
    var records = connections.records();
    sessions.set(records.size());
    Map<String, Long> counts =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    SessionRecord::transport, TreeMap::new, Collectors.counting()));
    byTransport.register(
        counts.entrySet().stream()
            .map(count -> MultiGauge.Row.of(Tags.of("transport", count.getKey()), count.getValue()))
            .collect(Collectors.toList()),
        true);
  }
}
