package dev.carillon.launch.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.Readiness;
import dev.carillon.hub.Connections;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.sessions.SessionStats;
import dev.carillon.wire.Incarnation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Connections connections = new Connections();
  private volatile boolean ready = true;
  private int port;

  @BeforeEach
  void start() throws Exception {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    port = FreePorts.next();
    await(vertx.deployVerticle(new ManagementServer("127.0.0.1", port, this::readiness, meters)));
    new ConnectionMeters(connections).bindTo(meters);
    await(vertx.deployVerticle(new LoopLag(meters)));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private Readiness readiness() {
    return new Readiness(List.of(new Readiness.Check("majority", ready, "2 of 3 core nodes")));
  }

  private static <T> void await(Future<T> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60)).build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void healthSaysThatTheProcessLives() throws Exception {
    var health = get("/healthz");
    assertEquals(200, health.statusCode());
    assertEquals("up", new JsonObject(health.body()).getString("status"));
  }

  @Test
  void readinessFollowsTheChecksAndNamesThem() throws Exception {
    assertEquals(200, get("/readyz").statusCode());
    ready = false;
    var unready = get("/readyz");
    assertEquals(503, unready.statusCode());
    var report = new JsonObject(unready.body());
    assertFalse(report.getBoolean("ready"));
    var check = report.getJsonArray("checks").getJsonObject(0);
    assertEquals("majority", check.getString("name"));
    assertEquals("2 of 3 core nodes", check.getString("detail"));
  }

  @Test
  void metricsCountConnectionsAsTheyAreNow() throws Exception {
    connections.opened("1", connection("1", "websocket"));
    connections.opened("2", connection("2", "tcp"));
    connections.opened("3", connection("3", "tcp"));
    var metrics = get("/metrics");
    assertEquals(200, metrics.statusCode());
    assertTrue(metrics.body().contains("carillon_connections{transport=\"tcp\"} 2.0"));
    assertTrue(metrics.body().contains("carillon_sessions 3.0"));
    connections.closed("3");
    assertTrue(get("/metrics").body().contains("carillon_sessions 2.0"));
  }

  @Test
  void metricsMeasureTheLagOfTheEventLoops() throws Exception {
    assertTrue(get("/metrics").body().contains("carillon_event_loop_lag_seconds_count"));
  }

  @Test
  void otherPathsAndMethodsAreAnsweredWithAnError() throws Exception {
    assertEquals(404, get("/").statusCode());
    var post = HttpRequest.newBuilder(uri("/readyz")).POST(HttpRequest.BodyPublishers.noBody());
    var refused = send(post.build());
    assertEquals(405, refused.statusCode());
    assertTrue(new JsonObject(refused.body()).containsKey("error"));
  }

  private static Connections.Connection connection(String id, String transport) {
    var record =
        new SessionRecord(
            id, Incarnation.random(), "n1", "", "", "", transport, 0, SessionStats.NONE);
    return new Connections.Connection() {
      @Override
      public SessionRecord record() {
        return record;
      }

      @Override
      public void end(Connections.EndReason reason) {}
    };
  }
}
