package dev.carillon.cluster;

import dev.carillon.hub.Connections;
import dev.carillon.port.StreamsEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node has to know before it starts.
 *
 * @param name unique among the live nodes of the cluster
 * @param version of the software, for tables
 * @param verticles names of the verticles that this process will run
 * @param cluster options of the section {@code cluster}
 * @param limits options of the sections {@code broker} and {@code links}
 * @param portMoves whether another port may be taken when {@code cluster.port} is in use; the next
 *     100 are tried
 * @param busPortMoves the same for {@code cluster.bus_port}
 * @param secrets fingerprint of the secrets that all nodes must share
 * @param vertx options of the Vert.x instance; the node sets those of the event bus
 * @param vertxMetrics measures Vert.x itself; null: nothing does
 * @param meters where the parts of the node register their measurements
 * @param connections the connections of this process
 * @param engine keeps the streams; null: the data grid does
 */
public record NodeSettings(
    String name,
    String version,
    Set<String> verticles,
    ClusterOptions cluster,
    NodeLimits limits,
    boolean portMoves,
    boolean busPortMoves,
    Fingerprint secrets,
    VertxOptions vertx,
    @Nullable VertxMetricsFactory vertxMetrics,
    MeterRegistry meters,
    Connections connections,
    @Nullable StreamsEngine engine) {

  public NodeSettings {
    verticles = Set.copyOf(verticles);
  }

  /** A copy whose streams are kept by the engine. */
  public NodeSettings with(StreamsEngine other) {
    return new NodeSettings(
        name,
        version,
        verticles,
        cluster,
        limits,
        portMoves,
        busPortMoves,
        secrets,
        vertx,
        vertxMetrics,
        meters,
        connections,
        other);
  }

  /** Where the streams are, as members compare it. */
  String streamsPlace() {
    return engine == null ? "hazelcast" : engine.place();
  }
}
